using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Simulation.Laboratory;

/// <summary>Charges steps and jobs what they were measured to take, whatever they take the simulation.</summary>
public sealed class MeasuredProcessor : IProcessorModel
{
    private readonly ProcessorFigures _figures;
    private readonly EngineSetup _engine;

    /// <summary>A processor of these figures, for nodes with this engine.</summary>
    public MeasuredProcessor(ProcessorFigures figures, EngineSetup engine)
    {
        ArgumentNullException.ThrowIfNull(figures);
        ArgumentNullException.ThrowIfNull(engine);
        _figures = figures;
        _engine = engine;
    }

    /// <inheritdoc/>
    public int JobThreads => _figures.JobThreads;

    /// <inheritdoc/>
    public TimeSpan StepDuration(SimulatedNode node, HostInput input) => input switch
    {
        HostInput.Received { Message: { } message } => _figures.LoopMessage + OfMessage(message),
        HostInput.Submitted => _figures.LoopTransaction,
        _ => TimeSpan.Zero,
    };

    /// <inheritdoc/>
    public JobCharge JobDuration(SimulatedNode node, Job job, JobResult result)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(job);
        return _engine.JobCharge(node.Index, job, result) ?? new JobCharge(result switch
        {
            TransactionsAdmitted admitted => (_figures.Admission + _figures.Signature) * admitted.Verdicts.Count,
            BlockExecuted executed => (_figures.Execution * executed.Receipts.Count) + (_figures.Signature * job.SignatureChecks),
            BlockBuilt built => _figures.Execution * built.Transactions.Count,
            SignaturesChecked => _figures.Signature * job.SignatureChecks,
            _ => _figures.Vote * job.SignatureChecks,
        });
    }

    private TimeSpan OfMessage(PeerMessage message) => message switch
    {
        PeerMessage.Transactions transactions => _figures.LoopTransaction * transactions.Items.Count,
        PeerMessage.DeliverBlock delivered => _engine.HeaderCheck + (_figures.DecodedTransaction * delivered.Block.Transactions.Count),
        PeerMessage.CompactBlock compact => _engine.HeaderCheck + (_figures.DecodedTransaction * compact.TransactionCount),
        PeerMessage.BlockTransactions given => _figures.DecodedTransaction * given.Items.Count,
        PeerMessage.AnnounceBlocks announced => _engine.HeaderCheck * announced.Items.Count,
        PeerMessage.Headers headers => _engine.HeaderCheck * headers.Items.Count,
        _ => TimeSpan.Zero,
    };
}

using System.Net;
using System.Text.Json.Nodes;
using Chain.Core.Consensus;
using Chain.Core.Consensus.ProofOfStake;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Node;
using Chain.Core.Protocol;
using Chain.Core.Storage.RocksDb;
using Chain.Core.Wire;

namespace Chain.Core.App.Tests.Replay;

/// <summary>Two nodes of a chain with proof of stake: the one validator, and one that follows it.</summary>
public sealed class StakeReplayTests : IDisposable
{
    private const ulong Stake = 10_000;
    private const ulong EpochBlocks = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly UnixTime Begin = new((ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - 60_000);
    private static readonly byte[] Seed = [.. Enumerable.Repeat((byte)9, 32)];
    private static readonly Ed25519PrivateKey Key = new(Seed);
    private static readonly ValidatorKey Voter = new(Key.Scheme, Key.PublicKey);
    private static readonly AccountAddress Operator = AccountAddress.FromKey(Key.Scheme, Key.PublicKey.Span);

    private readonly Program _program = new() { App = new ChainApp("chain") { Define = static () => Define(skew: 1) } };
    private readonly NoteModule _note = new(skew: 0);

    [Fact]
    public async Task Compare_FollowerRefusedTheBlock_NamesWhatCameOutAtItThoughTheProgramHasTheRulesOfTheOther()
    {
        (string follower, string validator) = await HomesAsync();
        await using ChainNode producing = await StartAsync(validator, skew: 1, produces: true);
        await using (ChainNode following = await StartAsync(follower, skew: 0, produces: false, producing))
        {
            await WaitAsync(following, node => node.Head.Height.Value > EpochBlocks);
            var reported = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using IDisposable subscription = following.Subscribe(happened =>
            {
                if (happened is NodeEvent.StateDiverged)
                {
                    reported.TrySetResult();
                }
            });
            Transaction culprit = Transaction.Sign(
                new TransactionTerms(0, Fee: 0, new BlockHeight(100_000), _note.Write(7)), producing.Chain.GenesisId, DevKey.All[0].Key);
            InclusionReceipt receipt = await producing.SubmitAndWaitAsync(culprit).WaitAsync(Patience);
            await reported.Task.WaitAsync(Patience);
            await WaitAsync(following, node => node.Head.Height.Value + 1 == receipt.Height.Value); // it is executed before its parent is the head
            await following.DisposeAsync();
            await producing.DisposeAsync();

            JsonNode found = await CompareAsync(follower, validator, exit: 1);

            Assert.Equal(receipt.Height.Value, (ulong)found["height"]!);
            Assert.Equal("note", (string)found["module"]!);
            Assert.Equal("0x" + Convert.ToHexStringLower(_note.Noted.Key), (string)found["key"]!);
            Assert.Null(found["first"]!["block"]);
            Assert.StartsWith("0x", (string)found["first"]!["refusedWith"]!, StringComparison.Ordinal);
            Assert.True((bool)found["second"]!["isAsExecuted"]!);
            foreach ((string side, ulong number) in new[] { ("first", 7UL), ("second", 8UL) })
            {
                Assert.Equal("0x" + Convert.ToHexStringLower(Codecs.U64.Encode(number)), (string)found[side]!["value"]!);
                Assert.Equal($"0x{culprit.Id.Value}", (string)found[side]!["writer"]!);
            }

            Assert.Contains("refused the block of the other", (await _program.RunAsync("replay", "--compare", follower, validator)).Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Compare_OneIsOnlyBehind_ExecutesTheNextBlockWithWhoVoted()
    {
        (string follower, string validator) = await HomesAsync();
        await using ChainNode producing = await StartAsync(validator, skew: 1, produces: true);
        await using (ChainNode following = await StartAsync(follower, skew: 1, produces: false, producing))
        {
            await WaitAsync(following, node => node.Head.Height.Value > EpochBlocks);
        }

        await WaitAsync(producing, node => node.Head.Height.Value > (2 * EpochBlocks) + 2);
        await producing.DisposeAsync();

        JsonNode found = await CompareAsync(follower, validator, exit: 0);

        Assert.False((bool)found["diverges"]!);
        Assert.Null(found["module"]);
        Assert.True((ulong)found["height"]! > EpochBlocks);
        Assert.True((bool)found["second"]!["isAsExecuted"]!);
    }

    public void Dispose() => _program.Dispose();

    private static ChainDefinition Define(ulong skew)
    {
        var options = new ProofOfStakeOptions
        {
            Validators = ValidatorSet.Of([new Validator(Voter, Stake)]),
            EpochBlocks = EpochBlocks,
            BlockPause = TimeSpan.FromMilliseconds(100),
        };
        var staking = new StakingModule(new StakingParameters { EpochLength = EpochBlocks }, new StakeOffences(options));
        var token = new TokenModule();
        return new ChainDefinition(
            new ProofOfStakeConsensus(options),
            new LedgerDefinition([token, staking, new NoteModule(skew)]),
            new GenesisSpec(
                16,
                "staked-notes",
                Begin,
                [
                    new ModuleGenesis(token.Name, TokenModule.GenesisData((Operator, Stake))),
                    new ModuleGenesis(staking.Name, StakingModule.GenesisData([new StakingGenesisValidator(Operator, Voter, default, Stake)])),
                ]));
    }

    private static Task<ChainNode> StartAsync(string home, ulong skew, bool produces, params ChainNode[] peers)
    {
        var options = new ChainNodeOptions
        {
            Chain = Define(skew),
            Store = RocksDbStore.Open(Path.Combine(home, "data"), new RocksDbStoreOptions()),
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            Connect = [.. peers.Select(static peer => PeerAddress.From(IPAddress.Loopback, peer.ListenEndPoint!.Port))],
            JobThreads = 1,
        };
        return ChainNode.StartAsync(!produces ? options : options with
        {
            Engine = new EngineOptions { ProducesBlocks = true, Signer = Voter },
            Signer = Key,
            SignerIsNew = true,
            Randomness = new VrfProver(new VrfPrivateKey(Seed)),
        });
    }

    private static async Task WaitAsync(ChainNode node, Func<ChainNode, bool> holds)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable subscription = node.Subscribe(_ =>
        {
            if (holds(node))
            {
                reached.TrySetResult();
            }
        });
        if (!holds(node))
        {
            await reached.Task.WaitAsync(Patience);
        }
    }

    private async Task<(string Follower, string Validator)> HomesAsync()
    {
        string[] homes = [Path.Combine(_program.User, "follower"), Path.Combine(_program.User, "validator")];
        foreach (string home in homes)
        {
            ToolResult made = await _program.RunAsync("init", "--home", home);
            Assert.True(made.Exit == 0, made.Errors);
        }

        return (homes[0], homes[1]);
    }

    private async Task<JsonNode> CompareAsync(string one, string other, int exit)
    {
        ToolResult told = await _program.RunAsync("replay", "--json", "--compare", one, other);
        Assert.True(told.Exit == exit, told.Output + told.Errors);
        return JsonNode.Parse(told.Output)!;
    }
}

using System.Security.Cryptography;
using Chain.Core;
using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Node;
using Chain.Core.Storage;
using Chain.Core.Wire;
using CustomChain;

await using ChainNode node = await ChainNode.StartAsync(new ChainNodeOptions
{
    Chain = GuestbookChain.Definition,
    Store = new MemoryStore(),
    Engine = new EngineOptions { ProducesBlocks = true },
});
using var guest = new Ed25519PrivateKey(RandomNumberGenerator.GetBytes(Ed25519PrivateKey.SeedSize));
AccountAddress name = AccountAddress.FromKey(guest.Scheme, guest.PublicKey.Span);

InclusionReceipt signed = await node.SubmitAndWaitAsync(GuestbookChain.Sign(guest, nonce: 0, "It works."));
Console.WriteLine($"block #{signed.Height}: {signed.Status}");
InclusionReceipt again = await node.SubmitAndWaitAsync(GuestbookChain.Sign(guest, nonce: 1, "Me again."));
Console.WriteLine($"block #{again.Height}: {again.Status}, {again.Receipt.Reason}");

// What anybody can check who has nothing but the header.
(BlockHeader head, StateProof proof) = node.Query((head, state) => (head, GuestbookChain.Guestbook.Entries.Prove(state, name)));
Hash256 root = head.Fields.StateRoot;
bool isProven = GuestbookChain.Guestbook.Entries.TryVerify(proof, in root, name, out _, out (BlockHeight Height, string Text) entry);
Console.WriteLine($"proven: {isProven}, in block #{entry.Height}: {entry.Text}");

using System.Buffers;
using System.Text.Json;

namespace Chain.Core.Conformance;

/// <summary>Answers JSON lines with JSON lines, in order and in bounded memory.</summary>
internal sealed class Adapter(AdapterOptions options)
{
    private const int MaxGroup = 256;
    private const int FlushSize = 1 << 16;

    private readonly VerbTable _verbs = new(options.Path);
    private readonly List<Pending> _group = [];
    private readonly ArrayBufferWriter<byte> _lines = new();

    /// <summary>Reads to the end. Whatever is answered is written out before waiting for more input.</summary>
    public void Run(Stream input, Stream output)
    {
        var reader = new LineReader(input);
        while (true)
        {
            if (!reader.HasLine || _lines.WrittenCount > FlushSize)
            {
                Flush(output);
            }

            if (!reader.TryRead(out ReadOnlyMemory<byte> line))
            {
                break;
            }

            Take(line);
        }

        Flush(output);
    }

    private void Take(ReadOnlyMemory<byte> line)
    {
        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(line);
            Take(document.RootElement);
        }
        catch (JsonException)
        {
            Write("null", Answer.Invalid("the line is not JSON"));
        }
        finally
        {
            document?.Dispose();
        }
    }

    private void Take(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            Write("null", Answer.Invalid("the line is no JSON object"));
            return;
        }

        string id = "null";
        Answer? answer = Guard(() =>
        {
            id = root.TryGetProperty("id", out JsonElement given) ? given.GetRawText() : id;
            return AnswerOrDefer(id, root);
        });
        if (answer is not null)
        {
            Write(id, answer);
        }
    }

    /// <summary>The answer; null where a group will give it.</summary>
    private Answer? AnswerOrDefer(string id, JsonElement root)
    {
        var request = new Request(root);
        string name = request.Text("verb");
        if (_verbs.FindMany(name) is { } verb)
        {
            object? claim = verb.Read(request);
            if (!options.IsBatch)
            {
                return claim is null ? Answer.False : verb.Verify(claim);
            }

            _group.Add(new Pending(id, verb, claim));
            if (_group.Count == MaxGroup)
            {
                WriteGroup();
            }

            return null;
        }

        return _verbs.Find(name) is { } other ? other(request) : Answer.Unsupported;
    }

    /// <summary>Turns what a public API refuses into an answer.</summary>
    private static Answer? Guard(Func<Answer?> answer)
    {
        try
        {
            return answer();
        }
        catch (UnsupportedException)
        {
            return Answer.Unsupported;
        }
        catch (PlatformNotSupportedException)
        {
            return Answer.Unsupported;
        }
        catch (Exception e) when (e is InvalidRequestException or ArgumentException or FormatException or InvalidOperationException)
        {
            // The last is text that is not Unicode, or a child key that does not exist.
            return Answer.Invalid(e.Message);
        }
    }

    private void WriteGroup()
    {
        var verdicts = new Answer.Verdict[_group.Count];
        foreach (IGrouping<ManyVerb, int> indexes in Enumerable.Range(0, _group.Count)
            .Where(i => _group[i].Claim is not null)
            .GroupBy(i => _group[i].Verb))
        {
            IReadOnlyList<Answer.Verdict> found = indexes.Key.VerifyMany([.. indexes.Select(i => _group[i].Claim!)]);
            foreach ((int index, Answer.Verdict verdict) in indexes.Zip(found))
            {
                verdicts[index] = verdict;
            }
        }

        Pending[] group = [.. _group];
        _group.Clear();
        for (int i = 0; i < group.Length; i++)
        {
            Write(group[i].Id, verdicts[i] ?? Answer.False);
        }
    }

    private void Write(string id, Answer answer)
    {
        if (_group.Count > 0)
        {
            WriteGroup();
        }

        using (var json = new Utf8JsonWriter(_lines))
        {
            json.WriteStartObject();
            json.WritePropertyName("id");
            json.WriteRawValue(id);
            answer.WriteTo(json);
            json.WriteEndObject();
        }

        _lines.Write("\n"u8);
    }

    private void Flush(Stream output)
    {
        if (_group.Count > 0)
        {
            WriteGroup();
        }

        output.Write(_lines.WrittenSpan);
        output.Flush();
        _lines.ResetWrittenCount();
    }

    private sealed record Pending(string Id, ManyVerb Verb, object? Claim);
}

using System.Diagnostics;
using System.Text;

namespace Chain.Core.Cli.Tests.Shells;

/// <summary>A command in a pseudo-terminal of its own, which <c>script</c> makes, and somebody who types there.</summary>
internal sealed class TerminalSession : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process _script;
    private readonly StringBuilder _shown = new();
    private int _read;

    /// <param name="command">A line for the shell.</param>
    /// <param name="variables">Variables of its environment.</param>
    public TerminalSession(string command, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("script", ["-qec", command, "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        start.Environment["TERM"] = "dumb";
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        _script = Process.Start(start)!;
    }

    /// <summary>All that the terminal has shown.</summary>
    public string Shown => _shown.ToString();

    /// <summary>Reads on until the terminal shows a text.</summary>
    public async Task SeesAsync(string text)
    {
        var buffer = new char[1024];
        int from = _read;
        while (!Shown[from..].Contains(text, StringComparison.Ordinal))
        {
            int count = await _script.StandardOutput.ReadAsync(buffer).AsTask().WaitAsync(Patience);
            Assert.True(count > 0, $"The terminal ended without '{text}': {Shown}");
            _shown.Append(buffer, 0, count);
        }

        _read = Shown.IndexOf(text, from, StringComparison.Ordinal) + text.Length;
    }

    public async Task TypesAsync(string keys)
    {
        await _script.StandardInput.WriteAsync(keys);
        await _script.StandardInput.FlushAsync();
    }

    /// <summary>Waits for the end of the command.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndsAsync()
    {
        _shown.Append(await _script.StandardOutput.ReadToEndAsync().WaitAsync(Patience));
        await _script.WaitForExitAsync().WaitAsync(Patience);
        return _script.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_script.HasExited)
        {
            _script.Kill(entireProcessTree: true);
            await _script.WaitForExitAsync();
        }

        _script.Dispose();
    }
}

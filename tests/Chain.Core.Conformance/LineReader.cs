namespace Chain.Core.Conformance;

/// <summary>Lines of a stream in bounded memory, and whether the next one is already here.</summary>
internal sealed class LineReader(Stream input, int maxLength = LineReader.DefaultMaxLength)
{
    /// <summary>Room for the hexadecimal digits of the largest block, and more.</summary>
    public const int DefaultMaxLength = 32 << 20;

    private const byte LineFeed = (byte)'\n';

    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private int _searched;
    private bool _isSkipping;
    private bool _hasEnded;

    /// <summary>Whether <see cref="TryRead"/> would return without waiting for input.</summary>
    public bool HasLine => _hasEnded || FindEnd() >= 0;

    /// <summary>Waits for the next line, without its end. It is valid until the next call.</summary>
    /// <param name="line">Empty where the line was too long and was skipped.</param>
    /// <returns>False at the end of the input.</returns>
    public bool TryRead(out ReadOnlyMemory<byte> line)
    {
        while (true)
        {
            int end = FindEnd();
            if (end >= 0)
            {
                line = _isSkipping || end - _start > maxLength ? default : _buffer.AsMemory(_start, end - _start);
                _isSkipping = false;
                _searched = 0;
                _start = end + 1;
                return true;
            }

            if (_hasEnded)
            {
                line = _isSkipping || _end - _start > maxLength ? default : _buffer.AsMemory(_start, _end - _start);
                bool isLine = _isSkipping || _end > _start;
                _isSkipping = false;
                _searched = 0;
                _start = _end;
                return isLine;
            }

            Fill();
        }
    }

    private int FindEnd()
    {
        int found = _buffer.AsSpan(_start + _searched, _end - _start - _searched).IndexOf(LineFeed);
        if (found < 0)
        {
            _searched = _end - _start;
            return -1;
        }

        return _start + _searched + found;
    }

    private void Fill()
    {
        if (_end - _start > maxLength)
        {
            _isSkipping = true;
            _start = _end;
            _searched = 0;
        }

        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        int read = input.Read(_buffer, _end, _buffer.Length - _end);
        _hasEnded = read == 0;
        _end += read;
    }
}

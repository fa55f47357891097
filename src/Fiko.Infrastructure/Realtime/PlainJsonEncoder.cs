using System.Text.Encodings.Web;

namespace Fiko.Infrastructure.Realtime;

/// <summary>Writes Persian and emoji as UTF-8 (protocol.md, section 2) and escapes only what JSON must have escaped.</summary>
internal sealed unsafe class PlainJsonEncoder : JavaScriptEncoder
{
    // It knows everything but the characters above U+FFFF, all of which it escapes; no setting of it can change that.
    private static readonly JavaScriptEncoder Relaxed = UnsafeRelaxedJsonEscaping;

    public override int MaxOutputCharactersPerInputCharacter => Relaxed.MaxOutputCharactersPerInputCharacter;

    public override bool WillEncode(int unicodeScalar) => unicodeScalar <= char.MaxValue && Relaxed.WillEncode(unicodeScalar);

    public override bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten) =>
        Relaxed.TryEncodeUnicodeScalar(unicodeScalar, buffer, bufferLength, out numberOfCharactersWritten);

    public override int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var at = 0;
        while (at < textLength)
        {
            var found = Relaxed.FindFirstCharacterToEncode(text + at, textLength - at);
            if (found < 0)
            {
                return -1;
            }

            at += found;
            if (at + 1 >= textLength || !char.IsSurrogatePair(text[at], text[at + 1]))
            {
                return at;
            }

            at += 2;
        }

        return -1;
    }
}

using Fiko.Application.Channels;
using Fiko.Infrastructure.Attachments;
using Fiko.Infrastructure.Persistence;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Fiko.UnitTests.Attachments;

public sealed class LinkingToAFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fiko-links-");
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2030, 1, 2, 12, 0, 30, TimeSpan.Zero));
    private readonly FileLinks _links;

    public LinkingToAFile() => _links = Make(_folder.FullName);

    [Fact]
    public void A_link_opens_its_file_for_ten_minutes_and_then_no_more()
    {
        var signature = SignatureOf(_links.PathOf(7));

        _clock.Advance(TimeSpan.FromMinutes(10));
        Assert.True(_links.Opens(7, signature));

        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.False(_links.Opens(7, signature));
    }

    [Fact]
    public void It_says_when_it_ends()
    {
        var link = _links.LinkTo(7);

        Assert.Equal(new DateTimeOffset(2030, 1, 2, 12, 11, 0, TimeSpan.Zero), link.ExpiresAt);
        _clock.SetUtcNow(link.ExpiresAt.AddTicks(-1));
        Assert.True(_links.Opens(7, SignatureOf(link.Url)));
        _clock.SetUtcNow(link.ExpiresAt);
        Assert.False(_links.Opens(7, SignatureOf(link.Url)));
    }

    [Fact]
    public void It_stays_the_same_for_a_minute()
    {
        var first = _links.PathOf(7);

        _clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(first, _links.PathOf(7));

        _clock.Advance(TimeSpan.FromSeconds(20));
        Assert.NotEqual(first, _links.PathOf(7));
    }

    [Fact]
    public void It_opens_no_other_file() => Assert.False(_links.Opens(8, SignatureOf(_links.PathOf(7))));

    [Fact]
    public void No_letter_of_it_can_be_changed()
    {
        var signature = SignatureOf(_links.PathOf(7));

        for (var at = 0; at < signature.Length - 1; at++)
        {
            var forged = signature.ToCharArray();
            forged[at] = forged[at] == 'A' ? 'B' : 'A';
            Assert.False(_links.Opens(7, new string(forged)));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("!!!!!!!!!!!!!!!!!!!!!!!!!!!")]
    [InlineData("سلامسلامسلامسلامسلامسلامسلا")]
    public void What_is_no_signature_opens_nothing(string? signature) => Assert.False(_links.Opens(7, signature));

    [Fact]
    public void A_restart_keeps_links_alive() => Assert.True(Make(_folder.FullName).Opens(7, SignatureOf(_links.PathOf(7))));

    [Fact]
    public void Another_server_s_link_opens_nothing()
    {
        var elsewhere = Directory.CreateDirectory(Path.Combine(_folder.FullName, "elsewhere"));

        Assert.False(_links.Opens(7, SignatureOf(Make(elsewhere.FullName).PathOf(7))));
    }

    [Fact]
    public void A_platform_gets_it_under_the_public_address() =>
        Assert.StartsWith("https://inbox.example/api/v1/attachments/att_7?signature=", _links.PublicOf(7).ToString(), StringComparison.Ordinal);

    public void Dispose() => _folder.Delete(recursive: true);

    private FileLinks Make(string folder) =>
        new(new DataFolder(folder, "Data Source=fiko.db", "Sqlite"), Options.Create(new PublicUrlOptions { Url = "https://inbox.example/" }), _clock);

    private static string SignatureOf(string path) => path[(path.IndexOf('=', StringComparison.Ordinal) + 1)..];
}

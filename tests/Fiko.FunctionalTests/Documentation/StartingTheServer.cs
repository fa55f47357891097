using System.Net;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Documentation;

public sealed class StartingTheServer(FikoServer server) : IClassFixture<FikoServer>
{
    [Theory]
    [InlineData("docs")]
    [InlineData("sandbox")]
    public async Task Says_where_its_pages_are_and_they_are_there(string page)
    {
        var address = $"{server.Address}{page}";

        await Eventually.SeesAsync(() => Task.FromResult(server.Log.Lines.Any(line => line.Contains(address, StringComparison.Ordinal))), said => said, address);

        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync($"/{page}")).StatusCode);
    }
}

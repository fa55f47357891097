using Fiko.WebApi.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Fiko.UnitTests.Sockets;

public sealed class SettingLimits
{
    [Theory]
    [InlineData("Sockets:FramesPerSecond", "0")]
    [InlineData("Sockets:FrameBurst", "0")]
    [InlineData("Sockets:UserFramesPerSecond", "-1")]
    [InlineData("Sockets:UserFrameBurst", "0")]
    [InlineData("Sockets:MaxRefusals", "0")]
    [InlineData("Sockets:MaxPerUser", "0")]
    [InlineData("Sockets:MaxOpen", "0")]
    [InlineData("Sockets:MaxHandshakes", "1")]
    [InlineData("Sockets:MaxHttpConnections", "0")]
    [InlineData("Sockets:RequestHeadersTimeout", "00:00:00")]
    [InlineData("Sockets:MinBodyBytesPerSecond", "0")]
    [InlineData("Sockets:MinBodyGrace", "00:00:01")]
    [InlineData("Drain:Period", "-00:00:01")]
    [InlineData("Drain:ReconnectWithin", "01:00:00")]
    public void One_that_makes_no_sense_stops_the_start_and_is_named(string key, string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(key, (string?)value)]).Build();
        using var services = new ServiceCollection().AddSockets(configuration).BuildServiceProvider();

        var refused = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate);

        Assert.Contains(key.Split(':')[1], refused.Message, StringComparison.Ordinal);
    }
}

using System.Net;
using Fiko.Application.Webhooks;
using Fiko.Infrastructure.Outbound;
using Fiko.Infrastructure.Webhooks;
using Microsoft.Extensions.Options;

namespace Fiko.UnitTests.Webhooks;

public sealed class KnowingPublicAddresses
{
    private readonly WebhookTargets _targets = new(Options.Create(new WebhookOptions()), TimeProvider.System);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("157.240.1.1")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("169.253.255.255")]
    [InlineData("192.167.255.255")]
    [InlineData("223.255.255.255")]
    [InlineData("2a03:2880:f000::1")]
    [InlineData("2606:4700::1111")]
    [InlineData("2001:200::1")]
    [InlineData("::ffff:8.8.8.8")]
    public void Public_ones_are_public(string address) => Assert.False(PrivateAddresses.Has(IPAddress.Parse(address)));

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("0.255.255.255")]
    [InlineData("10.0.0.0")]
    [InlineData("10.255.255.255")]
    [InlineData("100.64.0.0")]
    [InlineData("100.127.255.255")]
    [InlineData("100.100.100.200")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.255")]
    [InlineData("168.63.129.16")]
    [InlineData("169.254.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.0")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.192")]
    [InlineData("192.0.2.1")]
    [InlineData("192.88.99.1")]
    [InlineData("192.168.0.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.19.255.255")]
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.1")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.255")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::127.0.0.1")]
    [InlineData("::8.8.8.8")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:192.168.0.1")]
    [InlineData("::ffff:a9fe:a9fe")]
    [InlineData("::ffff:0:127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b::8.8.8.8")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("100::1")]
    [InlineData("2001::1")]
    [InlineData("2001:0:4136:e378:8000:63bf:3fff:fdd2")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2002:808:808::1")]
    [InlineData("3fff::1")]
    [InlineData("5f00::1")]
    [InlineData("fc00::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%2")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void Those_of_our_own_are_known(string address) => Assert.True(PrivateAddresses.Has(IPAddress.Parse(address)));

    [Theory]
    [InlineData("https://shop.example/hook")]
    [InlineData("https://shop.example:443/")]
    [InlineData("https://shop.example:8443/hook?key=1")]
    [InlineData("https://مثال.example/")]
    public void An_ordinary_address_reads(string url)
    {
        var read = WebhookFields.ReadUrl(url);

        Assert.NotNull(read);
        Assert.Null(_targets.FormObjection(read));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/hook")]
    [InlineData("shop.example")]
    [InlineData("https:shop.example/")]
    [InlineData("https:///hook")]
    [InlineData("https://")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://shop.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://user@shop.example/")]
    [InlineData("https://user:password@shop.example/")]
    [InlineData("https://@shop.example/")]
    [InlineData("https://shop.example@127.0.0.1/")]
    [InlineData("https://127.0.0.1\\@shop.example/")]
    [InlineData("https://shop.example\\hook")]
    [InlineData("https://shop.example/#x")]
    [InlineData(" https://shop.example/")]
    [InlineData("https://shop.example/\n")]
    [InlineData("https://shop.example/\u0000")]
    [InlineData("https://shop .example/")]
    [InlineData("https://shop.example:port/")]
    [InlineData("https://shop.example:99999/")]
    public void A_strange_one_does_not(string? url) => Assert.Null(WebhookFields.ReadUrl(url));

    [Theory]
    [InlineData("http://shop.example/")]
    [InlineData("https://shop.example:22/")]
    [InlineData("https://shop.example:80/")]
    [InlineData("https://shop.example:1023/")]
    public void Nor_is_another_scheme_or_a_port_of_the_system_called(string url) => Assert.NotNull(_targets.FormObjection(WebhookFields.ReadUrl(url)!));

    [Theory]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://127.0.0.1./")]
    [InlineData("https://127.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f000001/")]
    [InlineData("https://0x7f.0.0.1/")]
    [InlineData("https://0177.0.0.1/")]
    [InlineData("https://017700000001/")]
    [InlineData("https://127.0.0.1%2e/")]
    [InlineData("https://%31%32%37.0.0.1/")]
    [InlineData("https://１２７.0.0.1/")]
    [InlineData("https://127。0。0。1/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("https://[::ffff:7f00:1]/")]
    [InlineData("https://[0:0:0:0:0:0:0:1]/")]
    [InlineData("https://[::]/")]
    [InlineData("https://[64:ff9b::127.0.0.1]/")]
    [InlineData("https://[2002:7f00:1::]/")]
    [InlineData("https://[fe80::1%25eth0]/")]
    [InlineData("https://localhost/")]
    [InlineData("https://LOCALHOST./")]
    [InlineData("https://0/")]
    [InlineData("https://0.0.0.0/")]
    [InlineData("https://169.254.169.254/latest/meta-data/")]
    [InlineData("https://2852039166/")]
    [InlineData("https://0xa9.0xfe.0xa9.0xfe/")]
    [InlineData("https://10.0.0.1:8443/")]
    public async Task However_it_is_spelt(string url)
    {
        var read = WebhookFields.ReadUrl(url);

        Assert.True(read is null || await _targets.ObjectionAsync(read, Ct) is not null, read?.Host);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("localhost")]
    [InlineData("0177.0.0.1")]
    [InlineData("2130706433")]
    public async Task What_is_connected_to_is_what_was_looked_at(string host) =>
        await Assert.ThrowsAsync<ForbiddenAddressException>(async () => await PublicConnections.ConnectAsync(new DnsEndPoint(host, 443), anywhere: false, Ct));

    [Fact]
    public async Task Where_it_is_wanted_networks_of_our_own_may_be_called()
    {
        var open = new WebhookTargets(Options.Create(new WebhookOptions { AllowPrivateNetworks = true }), TimeProvider.System);

        Assert.Null(await open.ObjectionAsync(WebhookFields.ReadUrl("http://127.0.0.1:81/")!, Ct));
    }
}

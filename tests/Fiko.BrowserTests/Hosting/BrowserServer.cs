using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Fiko.FunctionalTests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.BrowserTests.Hosting;

/// <summary>The server with its demo workspace, reached by browsers at the documented address, https and all.</summary>
public sealed class BrowserServer : FikoServer
{
    /// <summary>The host that the public documentation names.</summary>
    public const string Host = "api.fiko.net";

    private readonly X509Certificate2 _certificate = SelfSigned();

    public BrowserServer()
    {
        Settings["Demo:Enabled"] = "true";
        Services = services =>
        {
            services.Configure<KestrelServerOptions>(kestrel => kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = _certificate));
            services.AddSingleton<IStartupFilter>(new SecondAddress($"https://127.0.0.1:{TlsPort}"));
            services.AddSingleton<IStartupFilter, FrontendFiles>();
        };
    }

    /// <summary>What stands behind port 443 of <see cref="Host"/>; the same after a restart.</summary>
    public int TlsPort { get; } = OwnProcess.FreePort();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _certificate.Dispose();
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={Host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Host);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));

        // Windows serves TLS with a stored key only, and a PKCS #12 is one.
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    // The test factory names one http address and lets it win over endpoints that are configured in code.
    private sealed class SecondAddress(string address) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.ServerFeatures.GetRequiredFeature<IServerAddressesFeature>().Addresses.Add(address);
            next(app);
        };
    }
}

using Fiko.SqlServerTwin;

[assembly: AssemblyFixture(typeof(Fiko.IntegrationTests.Hosting.TwinCapture))]

namespace Fiko.IntegrationTests.Hosting;

/// <summary>
/// Puts a twin on SQL Server beside each database of the suite, and at its end hands over what they would have sent. Fiko.SqlServerTests
/// checks it.
/// </summary>
public sealed class TwinCapture : IDisposable
{
    public TwinCapture() => Store.Beneath = services => services.AddTwin();

    public void Dispose() => TwinServices.HandOver(typeof(TwinCapture).Assembly);
}

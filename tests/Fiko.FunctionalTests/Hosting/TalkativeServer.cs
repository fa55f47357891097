namespace Fiko.FunctionalTests.Hosting;

/// <summary>A server whose log is searched: for secrets, or for what frameworks say of each request and query.</summary>
public sealed class TalkativeServer : FikoServer
{
    public TalkativeServer() => LogEverything();
}

using BenchmarkDotNet.Attributes;

namespace Fiko.Benchmarks;

/// <summary>BenchmarkDotNet's view: mean, spread and memory of each scenario.</summary>
[MemoryDiagnoser]
public class BusyWorkspaceBenchmarks
{
    private BusyWorkspace _workspace = null!;

    [GlobalSetup]
    public async Task SeedAsync() => _workspace = await BusyWorkspace.CreateAsync();

    [GlobalCleanup]
    public async Task RemoveAsync() => await _workspace.DisposeAsync();

    [Benchmark]
    public Task OpenChat() => _workspace.OpenChatAsync();

    [Benchmark]
    public Task FirstPage() => _workspace.FirstPageAsync();

    [Benchmark]
    public Task LatePage() => _workspace.LatePageAsync();

    [Benchmark]
    public Task ResumeChat() => _workspace.ResumeChatAsync();

    [Benchmark]
    public Task ResumeList() => _workspace.ResumeListAsync();

    [Benchmark]
    public Task Send() => _workspace.SendAsync();

    [Benchmark]
    public Task Receive() => _workspace.ReceiveAsync();
}

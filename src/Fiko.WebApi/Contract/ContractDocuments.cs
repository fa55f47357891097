using System.Text.Json;
using Fiko.Application.Channels;
using Fiko.Infrastructure.Realtime;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace Fiko.WebApi.Contract;

/// <summary>Both documents as they are handed out. They are made once: the code that they describe does not change while it runs.</summary>
internal sealed class ContractDocuments([FromKeyedServices(ContractSetup.Name)] IOpenApiDocumentProvider rest, IOptions<PublicUrlOptions> at)
{
    private readonly Lazy<Task<byte[]>> _rest = new(() => WriteAsync(rest));

    private readonly Lazy<byte[]> _sockets = new(() => JsonSerializer.SerializeToUtf8Bytes(SocketsDocument.Write(new Uri(at.Value.Url)), Indented));

    private static readonly JsonSerializerOptions Indented = new(Wire.Options) { WriteIndented = true };

    public Task<byte[]> RestAsync() => _rest.Value;

    public byte[] Sockets() => _sockets.Value;

    private static async Task<byte[]> WriteAsync(IOpenApiDocumentProvider rest)
    {
        var document = await rest.GetOpenApiDocumentAsync();
        using var written = new MemoryStream();
        await document.SerializeAsJsonAsync(written, OpenApiSpecVersion.OpenApi3_1);
        return written.ToArray();
    }
}

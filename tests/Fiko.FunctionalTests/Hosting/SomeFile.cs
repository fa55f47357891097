using System.Buffers.Binary;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Fiko.FunctionalTests.Hosting;

/// <summary>Files to send, and ways to send and get them.</summary>
public static class SomeFile
{
    /// <summary>What begins as a PNG of that size, and no two alike.</summary>
    public static byte[] Png(int width = 4, int height = 3, int length = 2000)
    {
        byte[] head = [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0, 0, 0, 0, 0, 0, 8, 6, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(20), height);
        var bytes = new byte[length];
        Random.Shared.NextBytes(bytes);
        head.CopyTo(bytes, 0);
        return bytes;
    }

    public static MultipartFormDataContent AsForm(byte[] bytes, string name = "photo.png", string field = "file")
    {
        var part = new ByteArrayContent(bytes);
        part.Headers.ContentType = new MediaTypeHeaderValue("application/x-whatever");
        return new MultipartFormDataContent { { part, field, name } };
    }

    public static Task<RestAnswer> UploadAsync(this FikoServer server, TestAgent by, byte[] bytes, string name = "photo.png") =>
        server.Http.CallAsync(HttpMethod.Post, "/api/v1/attachments", AsForm(bytes, name), by.Token);

    /// <summary>The attachment as the answer shows it.</summary>
    public static async Task<JsonElement> UploadedAsync(this FikoServer server, TestAgent by, byte[] bytes, string name = "photo.png")
    {
        var answer = await server.UploadAsync(by, bytes, name);
        Assert.True(answer.Status is System.Net.HttpStatusCode.Created, answer.Text);
        return answer.Json;
    }

    public static async Task<HttpResponseMessage> GetFileAsync(
        this FikoServer server, string path, TestAgent? by = null, string? range = null, string? ifNoneMatch = null, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        if (by is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", by.Token);
        }

        if (range is not null)
        {
            request.Headers.TryAddWithoutValidation("Range", range);
        }

        if (ifNoneMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
        }

        return await server.Http.SendAsync(request);
    }
}

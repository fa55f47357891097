using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using Fiko.Application.Customers;

namespace Fiko.WebApi.Api;

/// <summary>
/// Customers as a table for spreadsheets: UTF-8 with a byte order mark, because without one they take Persian for something else, and
/// with every cell that they would take for a formula escaped (OWASP, CSV Injection).
/// </summary>
internal static class CustomersCsv
{
    public const string ContentType = "text/csv; charset=utf-8";

    private const string Time = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    private static readonly string[] Head =
    [
        "id", "first_name", "last_name", "username", "source", "email", "phone_number", "description", "tags", "attributes", "blocked", "has_unread",
        "created_at", "last_activity_at",
    ];

    private static readonly CsvConfiguration Form = new(CultureInfo.InvariantCulture)
    {
        NewLine = "\r\n",
        InjectionOptions = InjectionOptions.Escape,
        InjectionCharacters = ['=', '+', '-', '@', '\t', '\r'],
    };

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes batch after batch until one is empty. What is wrong with the request shows before the first byte is sent.</summary>
    /// <param name="response">Where to.</param>
    /// <param name="next">The customers after an id.</param>
    /// <param name="ct">The client went away: nothing more is read.</param>
    public static async Task WriteAsync(HttpResponse response, Func<long, Task<IReadOnlyList<CustomerView>>> next, CancellationToken ct)
    {
        var batch = await next(0);
        response.ContentType = ContentType;
        response.Headers.ContentDisposition = "attachment; filename=customers.csv";
        response.Headers.CacheControl = "no-store";

        // One buffer for all batches: the writer of tables writes as it likes, the response only as fast as its client reads.
        using var buffer = new MemoryStream();
        await using var text = new StreamWriter(buffer, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await using var csv = new CsvWriter(text, Form, leaveOpen: true);
        Array.ForEach(Head, csv.WriteField);
        await csv.NextRecordAsync();
        while (true)
        {
            foreach (var customer in batch)
            {
                Write(csv, customer);
                await csv.NextRecordAsync();
            }

            await csv.FlushAsync();
            await text.FlushAsync(ct);
            await response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), ct);
            buffer.SetLength(0);
            if (batch.Count == 0)
            {
                return;
            }

            batch = await next(batch[^1].Id);
        }
    }

    private static void Write(CsvWriter csv, CustomerView customer)
    {
        csv.WriteField(customer.Id);
        csv.WriteField(customer.FirstName);
        csv.WriteField(customer.LastName);
        csv.WriteField(customer.Username);
        csv.WriteField(customer.Source);
        csv.WriteField(customer.Email);
        csv.WriteField(customer.PhoneNumber);
        csv.WriteField(customer.Description);
        csv.WriteField(string.Join(", ", customer.Tags));
        csv.WriteField(customer.Attributes.Count == 0 ? "" : JsonSerializer.Serialize(customer.Attributes, Plain));
        csv.WriteField(customer.Blocked ? "true" : "false");
        csv.WriteField(customer.HasUnread ? "true" : "false");
        csv.WriteField(customer.CreatedAt.UtcDateTime.ToString(Time, CultureInfo.InvariantCulture));
        csv.WriteField(customer.LastActivityAt.UtcDateTime.ToString(Time, CultureInfo.InvariantCulture));
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fiko.Application.Resources;

/// <summary>A field of a JSON merge patch (RFC 7396): left out, it changes nothing; <c>null</c> is a value like others.</summary>
[JsonConverter(typeof(OptionalConverter))]
public readonly record struct Optional<T>(T Value)
{
    private readonly bool _isSet = true;

    /// <summary>False where the client left the field out.</summary>
    public bool IsSet => _isSet;

    public T Or(T unchanged) => IsSet ? Value : unchanged;
}

/// <summary>Marks every <see cref="Optional{T}"/> that JSON mentions as set.</summary>
public sealed class OptionalConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Optional<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class Of<T> : JsonConverter<Optional<T>>
    {
        public override bool HandleNull => true;

        public override Optional<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(JsonSerializer.Deserialize<T>(ref reader, options)!);

        public override void Write(Utf8JsonWriter writer, Optional<T> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Value, options);
    }
}

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

        // The value's own converter: a second call of the serializer would begin a path of its own, and an error would name no field.
        public override Optional<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType is not JsonTokenType.Null)
            {
                return new(((JsonConverter<T>)options.GetConverter(typeof(T))).Read(ref reader, typeof(T), options)!);
            }

            return default(T) is null ? new Optional<T>(default!) : throw new JsonException();
        }

        public override void Write(Utf8JsonWriter writer, Optional<T> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Value, options);
    }
}

using System.Collections;
using System.Data.Common;
using System.Globalization;

namespace Fiko.SqlServerTwin.Fake;

/// <summary>Reads made-up rows: ids that no row had before, the text of an empty JSON object, and the numbers that EF Core checks.</summary>
internal sealed class FakeReader(string[] names, IReadOnlyList<FakeResult> results) : DbDataReader
{
    private const string EmptyJson = "{}";
    private static long _lastId = 1_000;
    private int _result;
    private int _row = -1;

    public override int Depth => 0;

    public override int FieldCount => Current.Values?.Length ?? Math.Max(names.Length, 2);

    public override bool HasRows => Current.Rows > 0;

    public override bool IsClosed => false;

    public override int RecordsAffected => 1;

    private FakeResult Current => _result < results.Count ? results[_result] : FakeResult.Nothing;

    public override object this[int ordinal] => GetValue(ordinal);

    public override object this[string name] => GetValue(GetOrdinal(name));

    public override bool Read() => ++_row < Current.Rows;

    public override bool NextResult()
    {
        _row = -1;
        return ++_result < results.Count;
    }

    public override bool IsDBNull(int ordinal) => Current.Values is { } values && values[ordinal] is null;

    public override int GetInt32(int ordinal) => Current.IsPositional ? _row : Made(ordinal, 1);

    public override long GetInt64(int ordinal) => Current.Values is null ? Interlocked.Increment(ref _lastId) : Made(ordinal, 1L);

    public override string GetString(int ordinal) => Made(ordinal, EmptyJson);

    public override bool GetBoolean(int ordinal) => Made(ordinal, true);

    public override byte GetByte(int ordinal) => Made(ordinal, (byte)1);

    public override short GetInt16(int ordinal) => Made(ordinal, (short)1);

    public override decimal GetDecimal(int ordinal) => Made(ordinal, 1m);

    public override double GetDouble(int ordinal) => Made(ordinal, 1d);

    public override float GetFloat(int ordinal) => Made(ordinal, 1f);

    public override char GetChar(int ordinal) => Made(ordinal, 'x');

    public override Guid GetGuid(int ordinal) => Made(ordinal, Guid.Empty);

    public override DateTime GetDateTime(int ordinal) => Made(ordinal, DateTime.UnixEpoch);

    public override T GetFieldValue<T>(int ordinal) =>
        typeof(T) == typeof(DateTimeOffset) ? Made(ordinal, (T)(object)DateTimeOffset.UnixEpoch)
        : typeof(T) == typeof(long) ? (T)(object)GetInt64(ordinal)
        : Made(ordinal, default(T)!);

    public override object GetValue(int ordinal) => Made<object>(ordinal, 1L);

    public override int GetValues(object[] values) => 0;

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) => 0;

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) => 0;

    public override string GetName(int ordinal) => names.ElementAtOrDefault(ordinal) ?? string.Create(CultureInfo.InvariantCulture, $"c{ordinal}");

    public override int GetOrdinal(string name) => Math.Max(Array.IndexOf(names, name), 0);

    public override string GetDataTypeName(int ordinal) => "nvarchar";

    public override Type GetFieldType(int ordinal) => typeof(object);

    public override IEnumerator GetEnumerator() => throw new NotSupportedException();

    private T Made<T>(int ordinal, T otherwise) =>
        Current.Values?[ordinal] is not { } value ? otherwise
        : value is T right ? right
        : (T)Convert.ChangeType(value, typeof(T), CultureInfo.InvariantCulture);
}

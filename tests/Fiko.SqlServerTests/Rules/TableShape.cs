using System.Globalization;
using Fiko.SqlServerTests.Compiling;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Fiko.SqlServerTests.Rules;

/// <summary>A column as its table declares it.</summary>
internal sealed record ColumnShape(string Name, string Type, string[] Arguments, ColumnDefinition Definition)
{
    private static readonly HashSet<string> Large = new(StringComparer.OrdinalIgnoreCase) { "text", "ntext", "image", "xml", "json", "geography", "geometry", "vector" };

    public bool IsNullable { get; } = !Definition.Constraints.OfType<NullableConstraintDefinition>().Any(c => !c.Nullable)
        && !Definition.Constraints.OfType<UniqueConstraintDefinition>().Any(c => c.IsPrimaryKey);

    public bool IsIdentity => Definition.IdentityOptions is not null;

    public bool IsComputed => Definition.ComputedColumnExpression is not null;

    public bool HasDefault => Definition.DefaultConstraint is not null;

    public bool IsRowVersion => Type is "rowversion" or "timestamp";

    /// <summary>Too large to be the key of an index.</summary>
    public bool IsLarge => Large.Contains(Type) || Arguments is ["max"];

    /// <summary>The database writes it, and nobody else may.</summary>
    public string? WrittenByItself => IsComputed ? "computed" : IsIdentity ? "identity" : IsRowVersion ? "rowversion" : null;

    public int Number(int argument) =>
        int.TryParse(Arguments.ElementAtOrDefault(argument), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>At most so many bytes of a key.</summary>
    public int Bytes => Type switch
    {
        "nvarchar" or "nchar" => 2 * Math.Max(Number(0), 1),
        "varchar" or "char" or "varbinary" or "binary" => Math.Max(Number(0), 1),
        "decimal" or "numeric" => 17,
        "uniqueidentifier" => 16,
        "datetimeoffset" => 10,
        "time" => 5,
        "int" or "real" => 4,
        "date" => 3,
        "smallint" => 2,
        "bit" or "tinyint" => 1,
        _ => 8,
    };
}

/// <summary>A table as a script creates it.</summary>
internal sealed class TableShape
{
    public TableShape(CreateTableStatement statement)
    {
        Name = Sql.NameOf(statement.SchemaObjectName);
        Statement = statement;
        foreach (var definition in statement.Definition.ColumnDefinitions)
        {
            var arguments = (definition.DataType as ParameterizedDataTypeReference)?.Parameters.Select(p => p.Value.ToLowerInvariant()).ToArray() ?? [];
            Columns[definition.ColumnIdentifier.Value] = new(definition.ColumnIdentifier.Value, TypeOf(definition.DataType), arguments, definition);
        }
    }

    public string Name { get; }

    public CreateTableStatement Statement { get; }

    public Dictionary<string, ColumnShape> Columns { get; } = new(StringComparer.OrdinalIgnoreCase);

    public IEnumerable<ConstraintDefinition> Constraints =>
        Statement.Definition.TableConstraints.Concat(Statement.Definition.ColumnDefinitions.SelectMany(d => d.Constraints));

    public IEnumerable<ForeignKeyConstraintDefinition> ForeignKeys => Constraints.OfType<ForeignKeyConstraintDefinition>();

    public static string TypeOf(DataTypeReference? type) => type?.Name?.BaseIdentifier.Value.ToLowerInvariant() ?? "";
}

/// <summary>The tables of a script, by name.</summary>
internal sealed class Tables : Dictionary<string, TableShape>
{
    private Tables()
        : base(StringComparer.OrdinalIgnoreCase)
    {
    }

    public static Tables Of(string script)
    {
        var tables = new Tables();
        foreach (var statement in Sql.Statements(script, out _).OfType<CreateTableStatement>())
        {
            tables[Sql.NameOf(statement.SchemaObjectName)] = new TableShape(statement);
        }

        return tables;
    }
}

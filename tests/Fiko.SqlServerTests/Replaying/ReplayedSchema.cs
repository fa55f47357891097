using Fiko.SqlServerTests.Compiling;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Fiko.SqlServerTests.Replaying;

/// <summary>
/// A schema that scripts are applied to, statement by statement, without a server. What a server would refuse is a problem,
/// and so is a statement that this does not understand: it is never skipped.
/// </summary>
internal sealed partial class ReplayedSchema
{
    private const string History = "__EFMigrationsHistory";

    private readonly Dictionary<string, CreateTableStatement> _tables = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, CreateIndexStatement> _indices = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, TSqlStatement> _others = new(StringComparer.OrdinalIgnoreCase);
    private (string Table, string Column)? _defaultInHand;

    public List<string> Problems { get; } = [];

    /// <summary>Statements that move rows, and the schema as they find it.</summary>
    public List<(string Sql, string Schema)> Moves { get; } = [];

    public ReplayedSchema Apply(string script)
    {
        Steps(Sql.Statements(script, out var problems));
        Problems.AddRange(problems);
        return this;
    }

    /// <summary>What creates it as it is now.</summary>
    public string Script() =>
        string.Join("\nGO\n", _tables.Values.Cast<TSqlStatement>().Concat(_indices.Values).Concat(_others.Values).Select(Sql.Write));

    private void Step(TSqlStatement statement)
    {
        switch (statement)
        {
            case BeginTransactionStatement or CommitTransactionStatement or PrintStatement or PredicateSetStatement or DeclareVariableStatement:
                break;
            case BeginEndBlockStatement block:
                Steps(block.StatementList.Statements);
                break;
            case IfStatement { ThenStatement: ExecuteStatement, Predicate: BooleanIsNullExpression { IsNot: true, Expression: VariableReference } }:
                DropDefaultInHand();
                break;

            // Guards ask whether something is done already; here nothing ever is.
            case IfStatement branch:
                Step(branch.ThenStatement);
                break;
            case SelectStatement { QueryExpression: QuerySpecification { SelectElements: [SelectSetVariable] } } lookup:
                TakeDefaultInHand(lookup);
                break;
            case CreateTableStatement create:
                Add(_tables, Sql.NameOf(create.SchemaObjectName), create);
                break;
            case DropTableStatement drop:
                drop.Objects.ToList().ForEach(DropTable);
                break;
            case CreateIndexStatement create when TableOf(create.OnName) is not null:
                Add(_indices, KeyOf(create.OnName, create.Name), create);
                break;
            case DropIndexStatement drop:
                foreach (var clause in drop.DropIndexClauses.OfType<DropIndexClause>())
                {
                    Remove(_indices, KeyOf(clause.Object, clause.Index));
                }

                break;
            case CreateTriggerStatement create:
                Add(_others, Sql.NameOf(create.Name), create);
                break;
            case DropTriggerStatement drop:
                drop.Objects.ToList().ForEach(o => Remove(_others, Sql.NameOf(o)));
                break;
            case CreateFullTextCatalogStatement create:
                Add(_others, create.Name.Value, create);
                break;
            case CreateFullTextIndexStatement create when TableOf(create.OnName) is not null:
                Add(_others, $"full text of {Sql.NameOf(create.OnName)}", create);
                break;
            case AlterTableAddTableElementStatement alter when TableOf(alter.SchemaObjectName) is { } table:
                AddElements(table, alter);
                break;
            case AlterTableAlterColumnStatement alter when TableOf(alter.SchemaObjectName) is { } table:
                AlterColumn(table, alter);
                break;
            case AlterTableDropTableElementStatement alter when TableOf(alter.SchemaObjectName) is { } table:
                alter.AlterTableDropTableElements.ToList().ForEach(e => DropElement(table, e));
                break;
            case ExecuteStatement { ExecuteSpecification.ExecutableEntity: ExecutableProcedureReference call }
                when Sql.NameOf(call.ProcedureReference.ProcedureReference.Name) == "sp_rename":
                Rename([.. call.Parameters.Select(p => (p.ParameterValue as StringLiteral)?.Value ?? "")]);
                break;
            case ExecuteStatement { ExecuteSpecification.ExecutableEntity: ExecutableStringList { Strings: var texts } } when texts.All(t => t is StringLiteral):
                Apply(string.Concat(texts.Cast<StringLiteral>().Select(t => t.Value)));
                break;
            case InsertStatement or UpdateStatement or DeleteStatement or MergeStatement:
                Moves.Add((Sql.Write(statement), Script()));
                break;
            default:
                Problems.Add($"line {statement.StartLine}: cannot be applied: {Sql.Write(statement)}");
                break;
        }
    }

    private void Steps(IEnumerable<TSqlStatement> statements)
    {
        foreach (var statement in statements)
        {
            Step(statement);
        }
    }

    private static string KeyOf(SchemaObjectName table, Identifier index) => $"{Sql.NameOf(table)}.{index.Value}";

    private CreateTableStatement? TableOf(SchemaObjectName name)
    {
        if (_tables.TryGetValue(Sql.NameOf(name), out var table))
        {
            return table;
        }

        Problems.Add($"no table {Sql.NameOf(name)} [4902]");
        return null;
    }

    private void Add<T>(Dictionary<string, T> all, string name, T one)
    {
        if (!all.TryAdd(name, one))
        {
            Problems.Add($"{name} is there already [2714]");
        }
    }

    private void Remove<T>(Dictionary<string, T> all, string name)
    {
        if (!all.Remove(name))
        {
            Problems.Add($"no {name} to drop [3701]");
        }
    }

    private void DropTable(SchemaObjectName name)
    {
        var table = Sql.NameOf(name);
        Remove(_tables, table);
        foreach (var key in _indices.Where(i => Sql.NameOf(i.Value.OnName) == table).Select(i => i.Key).ToArray())
        {
            _indices.Remove(key);
        }

        foreach (var other in _tables.Values.Where(t => t.Definition.TableConstraints.OfType<ForeignKeyConstraintDefinition>().Any(f => Sql.NameOf(f.ReferenceTableName) == table)))
        {
            Problems.Add($"{Sql.NameOf(other.SchemaObjectName)} refers to {table}, which is dropped [3726]");
        }
    }
}

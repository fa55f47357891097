using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Fiko.SqlServerTests.Compiling;

/// <summary>Finds what would stop a model for good: wrong syntax, and variables that nobody declares.</summary>
internal static class Precheck
{
    public static IEnumerable<string> Problems(string procedure)
    {
        var script = Sql.Parse(procedure, out var problems);
        if (problems.Count > 0)
        {
            return problems;
        }

        var variables = new Variables();
        script.Accept(variables);
        return variables.Used.Except(variables.Declared, StringComparer.OrdinalIgnoreCase).Select(name => $"nobody declares {name} [137]");
    }

    private sealed class Variables : TSqlFragmentVisitor
    {
        public List<string> Used { get; } = [];

        public List<string> Declared { get; } = [];

        public override void Visit(VariableReference node)
        {
            if (!node.Name.StartsWith("@@", StringComparison.Ordinal))
            {
                Used.Add(node.Name);
            }
        }

        public override void Visit(VariableTableReference node) => Used.Add(node.Variable.Name);

        public override void Visit(DeclareVariableElement node) => Declared.Add(node.VariableName.Value);

        public override void Visit(DeclareTableVariableBody node)
        {
            if (node.VariableName is { } name)
            {
                Declared.Add(name.Value);
            }
        }
    }
}

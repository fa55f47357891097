namespace Fiko.ArchitectureTests;

public sealed class KeepingTheProjectsApart
{
    [Fact]
    public void The_domain_knows_the_language_and_nothing_else() => Assert.Empty(TypeRules.ReferencesBeyond(Code.Domain, "System"));

    [Fact]
    public void And_a_project_that_knows_more_is_noticed() => Assert.Contains("MediatR", TypeRules.ReferencesBeyond(Code.Application, "System"));

    [Fact]
    public void The_use_cases_know_neither_how_things_are_kept_nor_how_they_are_reached() =>
        Assert.Empty(TypeRules.ForbiddenReferences(Code.Application, "Fiko.Infrastructure", "Fiko.WebApi", "Microsoft.AspNetCore"));

    [Fact]
    public void The_infrastructure_does_not_know_the_host() => Assert.Empty(TypeRules.ForbiddenReferences(Code.Infrastructure, "Fiko.WebApi"));

    [Fact]
    public void Only_persistence_knows_which_database_it_is() => Assert.Empty(FileRules.ProviderBranches(Code.Product));

    [Theory]
    [InlineData("if (db.Database.IsSqlServer())")]
    [InlineData("catch (SqlException lost)")]
    [InlineData("db is SqliteFikoDbContext")]
    public void And_who_asks_elsewhere_is_noticed(string line) => Assert.Single(FileRules.ProviderBranches([new("src/Fiko.Application/A.cs", line)]));

    [Fact]
    public void And_a_forbidden_reference_is_noticed()
    {
        var found = TypeRules.ForbiddenReferences(Code.WebApi, "Fiko.Infrastructure", "Microsoft.AspNetCore");

        Assert.Contains("Fiko.Infrastructure", found);
        Assert.Contains("Microsoft.AspNetCore.Http.Abstractions", found);
    }
}

using AutoSlim.Host.Fleet.State;

namespace AutoSlim.Host.Tests.Fleet;

[Collection(Databases.Collection)]
public sealed class FleetDatabaseTests(Databases databases)
{
    private const string Columns = "insert into devices (name, pool, enrolled_ms) values ('pi', 'pi', 1)";
    private const string Journal = "select scriptname from schemaversions";

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Brought_up_to_date_twice_it_is_as_it_was(string kind)
    {
        using var place = await databases.NewAsync(kind);
        using (place.Open()) place.Execute(Columns);
        using var again = place.Open();
        Assert.Equal(["pi"], again.Query<string>("select name from devices"));
        Assert.Equal(["0001-fleet.sql"], again.Query<string>(Journal));
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task State_of_a_newer_release_is_refused_and_left_alone(string kind)
    {
        using var place = await databases.NewAsync(kind);
        using (place.Open()) place.Execute("insert into schemaversions (scriptname, applied) values ('0999-later.sql', '2030-01-01')");
        var error = Assert.Throws<FleetStateException>(place.Open);
        Assert.EndsWith("cannot be used: it was brought to '0999-later.sql', which this release does not know: a newer release wrote it, or another program", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_database_of_another_program_is_refused_and_left_alone(string kind)
    {
        using var place = await databases.NewAsync(kind);
        place.Execute("create table devices (serial text)");
        var error = Assert.Throws<FleetStateException>(place.Open);
        Assert.EndsWith("cannot be used: it holds tables of another program (devices): give the host a database of its own", error.Message, StringComparison.Ordinal);
        place.Execute("insert into devices (serial) values ('1')");
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_named()
    {
        using var place = await databases.NewAsync(Databases.Sqlite);
        await File.WriteAllTextAsync(place.Path, new string('x', 5000), TestContext.Current.CancellationToken);
        Assert.StartsWith($"the host's state in {place.Path} cannot be used: ", Assert.Throws<FleetStateException>(place.Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_is_away_is_named_without_the_password()
    {
        var error = Assert.Throws<FleetStateException>(() => FleetDatabase.OpenPostgres("Host=/no/such/place;Username=autoslim;Password=very-secret;Database=fleet"));
        Assert.StartsWith("the host's state in PostgreSQL at /no/such/place cannot be used: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret", $"{error}", StringComparison.Ordinal);
    }
}

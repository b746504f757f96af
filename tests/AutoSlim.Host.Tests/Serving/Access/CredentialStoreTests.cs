using AutoSlim.Host.Serving.Access;
using AutoSlim.Host.Tests.Fleet;
using AutoSlim.Profiling;

namespace AutoSlim.Host.Tests.Serving.Access;

[Collection(Databases.Collection)]
public sealed class CredentialStoreTests(Databases databases)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_one_time_token_is_good_for_one_key_of_one_device_however_often_it_is_said(string kind)
    {
        using var place = await databases.NewAsync(kind);
        await using var fleet = new OpenedFleet(place);
        var store = Store(fleet);
        var (token, key) = (await store.EnrolAsync("pi", "pi", Day), Key());
        Assert.Equal(new Caller(Roles.Newcomer, "pi"), store.Find(token));
        Assert.Null(store.Find(key.Reveal()));
        Assert.False(await store.ExchangeAsync(token, "phone", key.Secret));
        Assert.True(await store.ExchangeAsync(token, "pi", key.Secret));
        Assert.True(await store.ExchangeAsync(token, "pi", key.Secret));
        Assert.False(await store.ExchangeAsync(token, "pi", Key().Secret));
        Assert.All([store, Store(fleet)], each => Assert.Equal(new Caller(Roles.Agent, "pi"), each.Find(key.Reveal())));
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_later_key_replaces_the_earlier_which_never_comes_back(string kind)
    {
        using var place = await databases.NewAsync(kind);
        await using var fleet = new OpenedFleet(place);
        var store = Store(fleet);
        var (token, key) = (await store.EnrolAsync("pi", "pi", Day), Key());
        var (laterToken, laterKey) = (await store.EnrolAsync("pi", "pi", Day), Key());
        Assert.True(await store.ExchangeAsync(token, "pi", key.Secret));
        Assert.True(await store.ExchangeAsync(laterToken, "pi", laterKey.Secret));
        Assert.False(await store.ExchangeAsync(token, "pi", key.Secret));
        Assert.All([store, Store(fleet)], each => Assert.Null(each.Find(key.Reveal())));
        Assert.All([store, Store(fleet)], each => Assert.NotNull(each.Find(laterKey.Reveal())));
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_revoked_device_has_nothing_left_and_no_new_token_revives_its_key(string kind)
    {
        using var place = await databases.NewAsync(kind);
        await using var fleet = new OpenedFleet(place);
        var store = Store(fleet);
        var (token, unused, key) = (await store.EnrolAsync("pi", "pi", Day), await store.EnrolAsync("pi", "pi", Day), Key());
        Assert.True(await store.ExchangeAsync(token, "pi", key.Secret));
        Assert.True(await store.RevokeAsync("pi"));
        Assert.False(await store.RevokeAsync("phone"));
        var again = await store.EnrolAsync("pi", "pi", Day);
        Assert.False(await store.ExchangeAsync(again, "pi", key.Secret));
        Assert.All([store, Store(fleet)], each => Assert.All([token, unused, key.Reveal()], shown => Assert.Null(each.Find(shown))));
        Assert.True(await store.ExchangeAsync(again, "pi", Key().Secret));
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Nobody_comes_in_late_by_another_s_key_or_by_a_secret_under_another_purpose(string kind)
    {
        using var place = await databases.NewAsync(kind);
        await using var fleet = new OpenedFleet(place);
        var store = Store(fleet);
        var (token, operators, key) = (await store.EnrolAsync("pi", "pi", Day), AgentToken.Parse(await store.RenewOperatorAsync())!, Key());
        Assert.True(await store.ExchangeAsync(token, "pi", key.Secret));
        var other = await store.EnrolAsync("phone", "phone", Day);
        Assert.False(await store.ExchangeAsync(other, "phone", key.Secret));
        Assert.False(await store.ExchangeAsync(other, "phone", operators.Secret));
        Assert.Null(store.Find((operators with { Purpose = AgentToken.Key }).Reveal()));
        Assert.Null(store.Find((key with { Purpose = AgentToken.Operator }).Reveal()));
        fleet.Time.Move(Day);
        Assert.Null(store.Find(other));
        Assert.NotNull(store.Find(key.Reveal()));
        Assert.NotNull(store.Find(operators.Reveal()));
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task There_is_one_operator_s_token_and_the_host_s_own_does_not_end_with_it(string kind)
    {
        using var place = await databases.NewAsync(kind);
        await using var fleet = new OpenedFleet(place);
        var store = Store(fleet);
        var (first, own) = (await store.RenewOperatorAsync(), store.CreateForThisRun());
        Assert.All([first, own], token => Assert.Equal(new Caller(Roles.Operator, null), store.Find(token)));
        var second = await store.RenewOperatorAsync();
        Assert.All([store, Store(fleet)], each => Assert.Null(each.Find(first)));
        Assert.All([store, Store(fleet)], each => Assert.NotNull(each.Find(second)));
        Assert.NotNull(store.Find(own));
        Assert.Null(Store(fleet).Find(own));
    }

    [Fact]
    public async Task No_secret_is_in_the_database()
    {
        using var place = await databases.NewAsync(Databases.Sqlite);
        await using (var fleet = new OpenedFleet(place))
        {
            var store = Store(fleet);
            var (token, key) = (await store.EnrolAsync("pi", "pi", Day), Key());
            Assert.True(await store.ExchangeAsync(token, "pi", key.Secret));
            var stored = string.Join(' ', fleet.Database.Query<string>("select hash || ' ' || coalesce(exchanged_for, '') from credentials"));
            Assert.DoesNotContain(AgentToken.Parse(token)!.Secret, stored, StringComparison.Ordinal);
            Assert.DoesNotContain(key.Secret, stored, StringComparison.Ordinal);
        }
    }

    private static CredentialStore Store(OpenedFleet fleet) => new(fleet.Database, fleet.Writer, fleet.Time, new(""));

    private static AgentToken Key() => AgentToken.Create(AgentToken.Key, "");
}

using Fiko.Domain.Channels;
using Fiko.Domain.Customers;

namespace Fiko.UnitTests.Customers;

public sealed class FollowingAProfile
{
    private readonly Customer _customer = new(7, ChannelName.Telegram, new CustomerProfile("Ali", "Karimi", "ali"), new(2030, 1, 2, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void The_platform_s_names_are_taken_over()
    {
        Assert.True(_customer.Follow(new CustomerProfile("Negar", "Ahmadi", "negar")));

        Assert.Equal(("Negar", "Ahmadi", "negar"), (_customer.FirstName, _customer.LastName, _customer.Username));
    }

    [Fact]
    public void The_same_names_are_no_news() => Assert.False(_customer.Follow(new CustomerProfile("Ali", "Karimi", "ali")));

    [Fact]
    public void What_a_person_wrote_by_hand_stays()
    {
        _customer.Rename("Dr. Ali", "Karimi");

        Assert.True(_customer.Follow(new CustomerProfile("Negar", "Ahmadi", "negar")));

        Assert.Equal(("Dr. Ali", "Karimi", "negar"), (_customer.FirstName, _customer.LastName, _customer.Username));
    }

    [Fact]
    public void A_platform_that_says_no_name_takes_none_away()
    {
        Assert.False(_customer.Follow(new CustomerProfile("")));

        Assert.Equal(("Ali", "ali"), (_customer.FirstName, _customer.Username));
    }

    [Fact]
    public void A_new_picture_takes_the_place_of_the_one_before()
    {
        _customer.Show(3);

        Assert.Equal(3, _customer.Show(4));
        Assert.Equal(4, _customer.AvatarId);
    }
}

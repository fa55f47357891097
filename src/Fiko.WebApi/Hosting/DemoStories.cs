using Fiko.Domain.Customers;

namespace Fiko.WebApi.Hosting;

/// <summary>One conversation of the demo.</summary>
/// <param name="Chat">The customer's number in the sandbox.</param>
/// <param name="Customer">Their name.</param>
/// <param name="Ago">How long ago it began.</param>
/// <param name="IsRead">Whether somebody has read it.</param>
/// <param name="OnInstagram">Else on Telegram.</param>
/// <param name="Lines">Who said what.</param>
internal sealed record DemoStory(
    string Chat, CustomerProfile Customer, TimeSpan Ago, bool IsRead, bool OnInstagram, params (bool FromCustomer, string Text)[] Lines);

/// <summary>What the demo's customers wanted. Persian and English, read and unread.</summary>
internal static class DemoStories
{
    public static readonly DemoStory[] All =
    [
        new("660000001", new("نگار", "رضایی", "negar_r"), TimeSpan.FromHours(50), true, false,
            (true, "سلام، سفارش من کجاست؟ شماره ۱۲۳۴"), (false, "سلام نگار جان، امروز ارسال شد."), (true, "ممنون از شما 🌹")),
        new("660000002", new("John", "Doe", "johndoe"), TimeSpan.FromHours(30), true, false,
            (true, "Hi, do you ship to Berlin?"), (false, "Hello John, yes: three to five days."), (true, "Great, thanks!")),
        new("660000003", new("مریم", "حسینی"), TimeSpan.FromHours(26), true, false,
            (true, "سایز ۴۰ این کفش موجود است؟"), (false, "بله، موجود است.")),
        new("660000004", new("Emma", "Stone", "emma.s"), TimeSpan.FromHours(22), false, false,
            (true, "My parcel arrived broken."), (true, "Can I send it back?")),
        new("660000005", new("علی", "کاظمی", "ali_k"), TimeSpan.FromHours(20), true, false,
            (true, "ساعت کاری شما چیست؟"), (false, "هر روز از ۹ تا ۱۸ هستیم.")),
        new("660000006", new("Luca", "Rossi"), TimeSpan.FromHours(12), false, false,
            (true, "Is the blue one back in stock?")),
        new("660000007", new("سارا", "نوری", "sara.nouri"), TimeSpan.FromHours(8), true, false,
            (true, "سلام وقت بخیر، فاکتور رسمی می‌دهید؟"), (false, "سلام، بله. لطفاً شناسه ملی شرکت را بفرستید."), (true, "الان می‌فرستم")),
        new("660000008", new("Priya", "Nair", "priya"), TimeSpan.FromHours(5), false, false,
            (true, "Hello!"), (true, "I can't log in to my account 😕"), (true, "It says the code has expired.")),
        new("990000000000001", new("آیدا", null, "aida.shop"), TimeSpan.FromHours(4), false, true,
            (true, "قیمت این ست چند است؟ 😍")),
        new("990000000000002", new("Tom", "Baker", "tom.bakes"), TimeSpan.FromHours(3), true, true,
            (true, "Love the new collection!"), (false, "Thank you, Tom ❤️")),
        new("990000000000003", new("مهدی", "صادقی", "mahdi.s"), TimeSpan.FromHours(2), false, true,
            (true, "سلام، ارسال به شیراز دارید؟"), (true, "هزینه‌اش چقدر می‌شود؟")),
        new("660000009", new("حسین", "قاسمی"), TimeSpan.FromMinutes(40), false, false,
            (true, "سلام، برای فردا وقت مشاوره دارید؟")),
    ];
}

using Fiko.Application.Audit;
using Fiko.Application.Channels;
using Fiko.Application.Conversations;
using Fiko.Application.Messaging;
using Fiko.Application.Presence;
using Fiko.Application.Shared;
using Fiko.Application.Tags;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.Application;

/// <summary>The use cases and what they need of each other.</summary>
public static class ApplicationServices
{
    private static readonly Type[] HandlerShapes = [typeof(IRequestHandler<,>), typeof(INotificationHandler<>)];

    public static IServiceCollection AddApplication(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<ServiceFactory>(provider => provider.GetRequiredService);
        services.AddScoped<IMediator, Mediator>();
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(ValidationBehavior<,>));
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(CommitBehavior<,>));

        // Inside the one before it: what is audited is committed together with its entry.
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(AuditBehavior<,>));
        services.AddHandlers();
        services.AddValidatorsFromAssembly(typeof(ApplicationServices).Assembly, ServiceLifetime.Singleton, includeInternalTypes: true);
        services.AddAutoMapper(
            maps => maps.LicenseKey = configuration["AutoMapper:LicenseKey"],
            typeof(ApplicationServices).Assembly);

        services.AddScoped<RequestOrigin>();
        services.AddScoped<AuditTrail>();
        services.AddSingleton<ChannelBook>();
        services.AddScoped<ConversationDesk>();
        services.AddScoped<TagBook>();
        services.AddScoped<PlatformChats>();
        services.AddScoped<TagBook>();
        services.AddScoped<MessageFiles>();
        services.AddScoped<SentMessages>();
        services.AddScoped<EarlierMessages>();
        services.AddScoped<OtherAnswers>();
        services.AddSingleton<TypingBoard>();
        services.AddSingleton<PresenceBoard>();
        services.AddValidated<MessageOptions>(configuration, MessageOptions.Section);
        services.AddValidated<DeliveryOptions>(configuration, DeliveryOptions.Section);
        return services;
    }

    /// <summary>Binds a section to its options; a wrong value stops the start with a message that names the key.</summary>
    public static IServiceCollection AddValidated<TOptions>(this IServiceCollection services, IConfiguration configuration, string section)
        where TOptions : class
    {
        services.AddOptions<TOptions>().Bind(configuration.GetSection(section)).ValidateDataAnnotations().ValidateOnStart();
        return services;
    }

    private static void AddHandlers(this IServiceCollection services)
    {
        foreach (var type in typeof(ApplicationServices).Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false, IsGenericType: false }))
        {
            foreach (var shape in type.GetInterfaces().Where(i => i.IsGenericType && HandlerShapes.Contains(i.GetGenericTypeDefinition())))
            {
                services.AddTransient(shape, type);
            }
        }
    }
}

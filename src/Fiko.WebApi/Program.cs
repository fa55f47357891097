using Fiko.Application;
using Fiko.Infrastructure;
using Fiko.WebApi.Api;
using Fiko.WebApi.Contract;
using Fiko.WebApi.Hosting;
using Fiko.WebApi.Sandbox;
using Fiko.WebApi.Sockets;
using Fiko.WebApi.Webhooks;

var builder = WebApplication.CreateBuilder(args);

builder.AddHosting();
builder.Services.AddApplication(builder.Configuration);
builder.Services.AddInfrastructure(builder.Configuration, builder.Environment);
builder.Services.AddRest();
builder.Services.AddContract();
builder.Services.AddSockets(builder.Configuration);
builder.Services.AddSandbox(builder.Configuration).UseSandboxAsPlatforms();

var app = builder.Build();

if (await app.TryCommandAsync(args) is { } status)
{
    return status;
}

app.UseHosting();
app.UseBodyCharset();
app.MapRest();
app.MapSockets();
app.MapContract();
app.MapChannelWebhooks();
app.MapInstagramWebhook();
app.MapSandbox();
app.MapStartPage();
app.MapHealth();

await app.RunAsync();
return 0;

# syntax=docker/dockerfile:1

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source

# The projects alone first: as long as no package changes, the restore is taken from the cache.
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt ./
COPY src/Fiko.Domain/Fiko.Domain.csproj src/Fiko.Domain/packages.lock.json src/Fiko.Domain/
COPY src/Fiko.Application/Fiko.Application.csproj src/Fiko.Application/packages.lock.json src/Fiko.Application/
COPY src/Fiko.Infrastructure/Fiko.Infrastructure.csproj src/Fiko.Infrastructure/packages.lock.json src/Fiko.Infrastructure/
COPY src/Fiko.WebApi/Fiko.WebApi.csproj src/Fiko.WebApi/packages.lock.json src/Fiko.WebApi/
RUN dotnet restore src/Fiko.WebApi --locked-mode

COPY .editorconfig ./
COPY src/ src/
RUN dotnet publish src/Fiko.WebApi --no-restore --configuration Release --output /app /p:UseAppHost=false \
    && mkdir -p /empty/data /empty/tmp

# Without a shell, a package manager and root; "extra" has the cultures (SqlClient) and the time zones (reports).
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra
WORKDIR /app
COPY --from=build /app ./

# All that is ever written to; the rest may be read-only. A new volume takes its owner from here.
COPY --from=build --chown=1654:1654 /empty/data /data
COPY --from=build --chown=1654:1654 /empty/tmp /tmp
VOLUME ["/data"]

ENV ASPNETCORE_HTTP_PORTS="" \
    DOTNET_EnableDiagnostics=0 \
    DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=false \
    Urls=http://0.0.0.0:8000 \
    Database__DataFolder=/data
EXPOSE 8000
USER 1654

# The image has no curl; the program asks itself.
HEALTHCHECK --interval=10s --timeout=8s --start-period=30s --retries=3 CMD ["dotnet", "Fiko.WebApi.dll", "health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["dotnet", "Fiko.WebApi.dll"]

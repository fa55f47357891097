.DEFAULT_GOAL := help
.PHONY: help run test format lint bench migrate

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Serve http://localhost:8000 with the demo workspace
	dotnet run --project src/Fiko.WebApi

test: ## Run every test that this machine can run
	dotnet test

format: ## Format the code
	dotnet format

lint: ## Check the format and build with every analyzer
	dotnet format --verify-no-changes
	dotnet build

bench: ## Run the benchmarks
	dotnet run --configuration Release --project tests/Fiko.Benchmarks -- --filter '*'

migrate: ## Bring the database's schema up to date
	dotnet run --project src/Fiko.WebApi -- migrate

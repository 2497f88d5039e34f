#!/bin/sh
# Creates the namespace and the search attributes Titan's workflows set. Harmless when repeated.
set -eu

attempts=0
until temporal operator cluster health; do
  attempts=$((attempts + 1))
  if [ "$attempts" -ge 30 ]; then
    echo "Temporal at $TEMPORAL_ADDRESS is not healthy" >&2
    exit 1
  fi
  sleep 2
done

temporal operator namespace describe --namespace default >/dev/null 2>&1 ||
  temporal operator namespace create --namespace default --retention 168h

present="$(temporal operator search-attribute list --namespace default)"
while read -r name type; do
  case $present in
    *"$name"*) ;;
    *) temporal operator search-attribute create --namespace default --name "$name" --type "$type" ;;
  esac
done <<'ATTRIBUTES'
TitanStatus Keyword
TitanOrganisation Keyword
TitanModel Keyword
TitanSteps Int
TitanCostUsd Double
TitanAwaiting Keyword
ATTRIBUTES

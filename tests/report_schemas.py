"""What the makers of three JSON formats demand of them, as far as mtcheck writes them."""

from typing import Any


def required(**properties: Any) -> dict[str, Any]:
    """A closed object, all of whose properties are needed but those ending in "_"."""
    needed = [p for p in properties if not p.endswith("_")]
    named = {p.removesuffix("_"): v for p, v in properties.items()}
    return {"type": "object", "properties": named, "required": needed, "additionalProperties": False}


def listed(items: Any, **about: Any) -> dict[str, Any]:
    return {"type": "array", "items": items, **about}


COUNT, TEXT = {"type": "integer", "minimum": 1}, {"type": "string"}
MESSAGE = required(text=TEXT)
LEVEL = {"enum": ["none", "note", "warning", "error"]}
ARTIFACT = required(uri={"type": "string", "pattern": r"^[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]+$"})
REGION = required(
    startLine=COUNT,
    startColumn=COUNT,
    endLine=COUNT,
    endColumn=COUNT,
    charOffset={"type": "integer", "minimum": 0},
    charLength={"type": "integer", "minimum": 0},
    snippet_=MESSAGE,
)
# What SARIF 2.1.0 says of the objects that mtcheck writes; anything else in them is refused, as there.
SARIF = {
    "type": "object",
    "properties": {
        "$schema": TEXT,
        "version": {"const": "2.1.0"},
        "runs": listed(
            required(
                tool=required(
                    driver=required(
                        name=TEXT,
                        version=TEXT,
                        rules=listed(
                            required(
                                id=TEXT,
                                shortDescription=MESSAGE,
                                fullDescription=MESSAGE,
                                help=MESSAGE,
                                defaultConfiguration=required(level=LEVEL),
                                properties={"type": "object"},
                            ),
                            uniqueItems=True,
                        ),
                    )
                ),
                invocations=listed(
                    required(
                        executionSuccessful={"type": "boolean"},
                        toolExecutionNotifications=listed(
                            required(
                                message=MESSAGE,
                                level_=LEVEL,
                                associatedRule_=required(id=TEXT, index={"type": "integer", "minimum": 0}),
                                locations_=listed(
                                    required(physicalLocation=required(artifactLocation=ARTIFACT))
                                ),
                            )
                        ),
                    )
                ),
                columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                newlineSequences=listed(TEXT, minItems=1, uniqueItems=True),
                results=listed(
                    required(
                        ruleId=TEXT,
                        ruleIndex={"type": "integer", "minimum": 0},
                        level=LEVEL,
                        message=MESSAGE,
                        locations=listed(
                            required(physicalLocation=required(artifactLocation=ARTIFACT, region=REGION))
                        ),
                        partialFingerprints={"type": "object", "additionalProperties": TEXT},
                        properties={"type": "object"},
                        rank_={"type": "number", "minimum": 0, "maximum": 100},
                        fixes_=listed(
                            required(
                                description=MESSAGE,
                                artifactChanges=listed(
                                    required(
                                        artifactLocation=ARTIFACT,
                                        replacements=listed(
                                            required(deletedRegion=REGION, insertedContent_=MESSAGE),
                                            minItems=1,
                                        ),
                                    ),
                                    minItems=1,
                                ),
                            ),
                            uniqueItems=True,
                        ),
                    )
                ),
            )
        ),
    },
    "required": ["version", "runs"],
    "additionalProperties": False,
}
POSITION = required(line=COUNT, column=COUNT)
RANGE = required(start=POSITION, end=POSITION)
# From reviewdog's proto/rdf: a location needs a path, a range a start.
RDJSON = required(
    source=required(name=TEXT),
    diagnostics=listed(
        required(
            message=TEXT,
            location=required(path=TEXT, range_=RANGE),
            severity={"enum": ["UNKNOWN_SEVERITY", "ERROR", "WARNING", "INFO"]},
            code_=required(value=TEXT),
            suggestions_=listed(required(range=RANGE, text=TEXT)),
        )
    ),
)
# From GitLab's page on Code Quality.
GITLAB = listed(
    required(
        description=TEXT,
        check_name=TEXT,
        fingerprint=TEXT,
        severity={"enum": ["info", "minor", "major", "critical", "blocker"]},
        location=required(path=TEXT, lines=required(begin=COUNT, end=COUNT)),
    )
)
SCHEMAS = {"sarif": SARIF, "rdjson": RDJSON, "gitlab": GITLAB}

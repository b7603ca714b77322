"""Judges docs/openapi.yaml: its form, and whether its examples follow its own schemas."""

import json

import yaml
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

HERE = "urn:openapi"


def judge(path):
    """How many operations and examples there are, and what is wrong."""
    document = yaml.safe_load(path.read_text())
    validate(document)
    # The schemas that are looked at alone refer to the whole.
    whole = json.loads(json.dumps(document).replace('"#/', f'"{HERE}#/'))
    registry = Registry().with_resource(HERE, Resource(contents=whole, specification=DRAFT202012))

    def resolved(part):
        while "$ref" in part:
            part = registry.resolver().lookup(part["$ref"]).contents
        return part

    operations, examples, faults = 0, 0, []
    for name, path in whole["paths"].items():
        for method, operation in path.items():
            operations += 1
            bodies = [operation["requestBody"]] if "requestBody" in operation else []
            for part in bodies + list(operation["responses"].values()):
                for media in resolved(part).get("content", {}).values():
                    for example in _examples(media):
                        examples += 1
                        errors = OAS31Validator(media["schema"], registry=registry).iter_errors(example)
                        faults += [f"{method.upper()} {name}: {error.message}" for error in errors]
    return operations, examples, faults


def _examples(media):
    if "example" in media:
        return [media["example"]]
    return [example["value"] for example in media.get("examples", {}).values()]

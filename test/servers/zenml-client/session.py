"""ZenML's own command line and its own check in one process, so that the seconds ZenML takes to load are spent once. Of
ZenML 0.22 and 0.98 alike. Reads one JSON object a line from standard input and answers each with one line:

{"run": [argument, ...]}                  a command of `zenml` -> {"error": text or null}
{"show": [argument, ...]}                 the same -> {"error": text or null, "text": what it printed}
{"validate": stack name, "level": word}   the check before a run -> {"error": text or null}
{"read": stack name, "secret": name}      a secret of the stack's secrets manager -> {"content": {key: value}, "schema": word}
{"secret": name}                          its values by ZenML's client -> {"values": {key: value}}
{"resolve": stack name}                   reads the attributes of alerters, as a run does -> {"resolved": {name: error or null}}
"""

import contextlib
import io
import json
import os
import sys

answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)

if "TEST_AWS_ENDPOINT" in os.environ:
    # The library of that time knows no variable for this.
    import boto3.session

    client_of = boto3.session.Session.client

    def client(self, *arguments, **keywords):
        return client_of(self, *arguments, endpoint_url=os.environ["TEST_AWS_ENDPOINT"], **keywords)

    boto3.session.Session.client = client

import zenml.cli  # noqa: E402, F401 (adds the commands)
from zenml.cli.cli import cli  # noqa: E402
from zenml.client import Client  # noqa: E402
from zenml.stack import Stack  # noqa: E402

LEVEL = "ZENML_SECRET_VALIDATION_LEVEL"


def told(action):
    try:
        action()
    except (Exception, SystemExit) as error:
        return "%s: %s" % (type(error).__name__, getattr(error, "message", None) or error)


def run(arguments):
    return told(lambda: cli.main(args=arguments, prog_name="zenml", standalone_mode=False))


def load(name):
    if hasattr(Client, "stacks"):
        return Stack.from_model(next(stack for stack in Client().stacks if stack.name == name))
    return Stack.from_model(Client().get_stack(name, allow_name_prefix_match=False))


def validate(name, level):
    os.environ[LEVEL] = level
    stack = load(name)
    return told(lambda: stack.validate(fail_if_secrets_missing=True))


def resolve(name):
    config = load(name).alerter.config
    return {field: told(lambda: getattr(config, field)) for field in type(config).model_fields}


def answer(request):
    if "run" in request:
        return {"error": run(request["run"])}
    if "show" in request:
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            error = run(request["show"])
        return {"error": error, "text": printed.getvalue()}
    if "validate" in request:
        return {"error": validate(request["validate"], request["level"])}
    if "read" in request:
        secret = load(request["read"]).secrets_manager.get_secret(request["secret"])
        return {"content": secret.content, "schema": secret.TYPE}
    if "secret" in request:
        secret = Client().get_secret(request["secret"], allow_partial_name_match=False, allow_partial_id_match=False)
        return {"values": secret.secret_values}
    return {"resolved": resolve(request["resolve"])}


for line in sys.stdin:
    answers.write(json.dumps(answer(json.loads(line))) + "\n")
    answers.flush()

"""What a program does that speaks by a client made from the API's description: it asks
by GET and by POST, is told what it did wrong, and begins, follows and stops a job.
One line of JSON says what came back."""

import json
import sys

from casus_client import AuthenticatedClient, Client
from casus_client.api.default import begin_run, follow, get_chains, get_states, get_why, post_why, stop
from casus_client.models import BeginRunBody, PostWhyBody

base, token = sys.argv[1:]
client = AuthenticatedClient(base_url=base, token=token, timeout=300)
event = dict(by="RUS", on="GBR", object_="forces", at="kyiv", date="2026-02-01")
out = {}

got = get_why.sync_detailed(client=client, **event)
out["get"] = [int(got.status_code), json.loads(got.content)["kind"], len(json.loads(got.content)["answers"])]
sent = post_why.sync_detailed(client=client, body=PostWhyBody(**event))
out["same"] = sent.content == got.content

cut = get_chains.sync_detailed(
    client=client, case="ukraine", options=["europe"], links=7, without=["EUR_GUARANTEE.1", "RUS strikes FRA at home"],
    event="armed attack by RUS on UKR, object territory, at kyiv", end="fights(USA, RUS)",
)  # fmt: skip
out["chains"] = [json.loads(cut.content)["found"], json.loads(cut.content)["before"]["found"]]

wrong = get_why.sync(client=client, on="Rusia", date="2026-02-01")
out["fault"] = [wrong.code.value if hasattr(wrong.code, "value") else wrong.code, wrong.error]
out["stranger"] = int(get_states.sync_detailed(client=Client(base_url=base)).status_code)

job = begin_run.sync(client=client, body=BeginRunBody(case="estonia", worlds=4000))
out["job"] = [job.state.value, job.command]
stop.sync(client=client, id=job.job)
told = follow.sync_detailed(client=client, id=job.job)
ran = begin_run.sync(client=client, body=BeginRunBody(case="1914"))  # a course: judged at once
out["ran"] = follow.sync_detailed(client=client, id=ran.job).content.decode().strip().split("\n\n")[-1].split("\n")[0]
last = told.content.decode().strip().split("\n\n")[-1].split("\n")
out["ended"] = [last[0], json.loads(last[1].removeprefix("data: "))["error"]]

print(json.dumps(out))

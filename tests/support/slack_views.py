"""The modals and home tabs of a workspace: opened with a trigger once, updated by id, submitted with their state."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from typing import Any

from support.slack_limits import Refusal, problems

Record = dict[str, Any]
METHODS = ("views.open", "views.push", "views.update", "views.publish")
# What a field's state holds beside its type, and the key of the value in it.
_STATE = {
    "static_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "file_input": ("files", ""),
    "plain_text_input": ("value", "initial_value"),
}


class Views:
    """`shown` are all views by id, the newest last; `homes` the home tab of each user; `triggers` the ids that requests
    offered and that no view has used yet."""

    def __init__(self) -> None:
        self.shown: dict[str, Record] = {}
        self.homes: dict[str, Record] = {}
        self.triggers: dict[str, bool] = {}
        self._numbers = itertools.count(1)

    @property
    def newest(self) -> Record:
        """The modal that was opened or updated last."""
        return [view for view in self.shown.values() if view["type"] == "modal"][-1]

    def answer(self, method: str, args: Mapping[str, Any]) -> Record:
        """The answer to one of `METHODS`; a Refusal where Slack would refuse."""
        view = args.get("view")
        if not isinstance(view, dict):
            raise Refusal("invalid_arguments", ["missing required field: view"])
        kind = "home" if method == "views.publish" else "modal"
        if view.get("type") != kind:
            raise Refusal("invalid_arguments", [f"must be of type {kind} [json-pointer:/view/type]"])
        if reasons := problems(view, kind):
            raise Refusal("view_too_large" if "view_too_large" in reasons[-1] else "invalid_arguments", reasons)
        return {"view": getattr(self, f"_{method.removeprefix('views.')}")(args, view)}

    def answered(self, view: Mapping[str, Any], said: Any) -> None:
        """Show what a bot answered to a submission, as long as Slack takes it: below no other or in its place."""
        check_acknowledgement(view, said)
        if said.get("response_action") == "push":
            self._keep(said["view"], f"V{next(self._numbers)}")
        elif said.get("response_action") == "update":
            self._keep(said["view"], str(view["id"]))

    def _exchange(self, args: Mapping[str, Any]) -> None:
        trigger = str(args.get("trigger_id", ""))
        if not re.fullmatch(r"\d+\.\d+\.\w+", trigger) or trigger not in self.triggers:
            raise Refusal("invalid_trigger_id")
        if not self.triggers[trigger]:
            raise Refusal("exchanged_trigger_id")
        self.triggers[trigger] = False

    def _open(self, args: Mapping[str, Any], view: Record) -> Record:
        self._exchange(args)
        return self._keep(view, f"V{next(self._numbers)}")

    _push = _open

    def _update(self, args: Mapping[str, Any], view: Record) -> Record:
        named = str(args.get("external_id") or "")
        found = [key for key, each in self.shown.items() if named and each.get("external_id") == named]
        key = str(args.get("view_id") or "".join(found[:1]))
        if key not in self.shown:
            raise Refusal("not_found")
        if args.get("hash") not in (None, "", self.shown[key]["hash"]):
            raise Refusal("hash_conflict")
        return self._keep(view, key)

    def _publish(self, args: Mapping[str, Any], view: Record) -> Record:
        user = str(args.get("user_id", ""))
        if not re.fullmatch("[UW][A-Z0-9]+", user):
            raise Refusal("invalid_arguments", ["invalid `user_id`"])
        if args.get("hash") not in (None, "", self.homes.get(user, {}).get("hash")):
            raise Refusal("hash_conflict")
        self.homes[user] = self._keep(view, f"H{user}")
        return self.homes[user]

    def _keep(self, view: Record, key: str) -> Record:
        """Keep a view as Slack does: with an id, a hash, and ids for the blocks and fields that have none."""
        named = str(view.get("external_id") or "")
        if named and any(each.get("external_id") == named and at != key for at, each in self.shown.items()):
            raise Refusal("duplicate_external_id")
        number = next(self._numbers)
        blocks = [{"block_id": f"auto{number}.{place}", **block} for place, block in enumerate(view["blocks"])]
        for block in blocks:
            if "element" in block:
                block["element"] = {"action_id": f"auto{number}", **block["element"]}
        kept = {**view, "blocks": blocks, "id": key, "hash": f"{number}.abc", "root_view_id": key}
        self.shown.pop(key, None)
        self.shown[key] = {"private_metadata": "", "callback_id": "", "state": {"values": {}}, **kept}
        return self.shown[key]


def state_of(view: Mapping[str, Any], values: Mapping[str, Any]) -> Record:
    """The state of a modal's fields when it is submitted: `values` by block_id, else what stood there at first.

    A value of a select is the `value` of its option, or a list of them; a text that was emptied is None, as in Slack.
    """
    inputs = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
    unknown = values.keys() - inputs.keys()
    assert not unknown, f"no such fields: {unknown}; there are {list(inputs)}"
    return {name: {field["action_id"]: _field(field, name, values)} for name, field in inputs.items()}


def _field(field: Mapping[str, Any], name: str, values: Mapping[str, Any]) -> Record:
    key, initial = _STATE[field["type"]]
    if name not in values:
        return {"type": field["type"], key: field.get(initial)}
    value = values[name] or None
    if "options" in field:
        options = {option["value"]: option for option in field["options"]}
        value = [options[each] for each in value] if isinstance(value, list) else options[value] if value else None
    if field["type"] == "plain_text_input" and value is not None:
        shortest, longest = field.get("min_length", 0), field.get("max_length", 3000)
        assert shortest <= len(value) <= longest, f"Slack lets nobody send {len(value)} characters in {name}"
    return {"type": field["type"], key: value}


def check_acknowledgement(view: Mapping[str, Any], said: Any) -> None:
    """Fail where Slack wouldn't take what the bot answered to a submission; `said` is {} for an empty answer."""
    if not said:
        return
    action = said.get("response_action")
    assert action in ("errors", "update", "push", "clear"), f"no response_action: {said}"
    if action == "errors":
        inputs = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
        assert said["errors"], "errors that say nothing"
        assert said["errors"].keys() <= inputs, f"errors on what is no field: {said['errors'].keys() - inputs}"
        assert all(isinstance(text, str) and text.strip() for text in said["errors"].values())
    if action in ("update", "push"):
        assert problems(said["view"], "modal") == []

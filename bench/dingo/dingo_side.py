"""Verdicts of Dingo's TC609 rules, called as its local executor calls them: rule.eval(Data(**record))."""

import importlib.metadata
import inspect
import json
import os
import tempfile

from dingo.config import InputArgs
from dingo.config.input_args import EvaluatorRuleArgs
from dingo.exec import Executor
from dingo.io.input import Data
from dingo.model import Model
from dingo.model.rule.guobiao import rule_tc609_quality as rules
from dingo.model.rule.guobiao.rule_tc609_quality_base import Rule_TC609_Composite, _TC609PlaceholderBase
from dingo.model.rule.rule_common import RuleWatermark

VERSION = importlib.metadata.version("dingo-python")
PASS, FAIL, ABORTS, NEEDS = "pass", "fail", "aborts", "needs"

BY_CODE = {
    name.split("_")[2]: rule
    for name, rule in inspect.getmembers(rules, inspect.isclass)
    if name.startswith("Rule_TC609_") and name.split("_")[2].isdigit() and name.split("_")[2] != "01"
}
PLACEHOLDERS = sorted(code for code, rule in BY_CODE.items() if issubclass(rule, _TC609PlaceholderBase))
# Rules that a configuration can name; the decorators of the others are commented out.
REGISTERED = sorted(code for code, rule in BY_CODE.items() if rule.__name__ in Model.rule_name_map)


def inputs(record):
    """What the rules read: the record, its texts joined as rules 0202 and 0208 join them, its time as `dt`."""
    items = record.get("data_content")
    texts = [one["content"].strip() for one in items if one.get("media_type") == "text"] if isinstance(items, list) else []
    return {**record, "content": "\n".join(texts), "dt": record.get("original_time")}


def verdict(code, record, window):
    """@returns one of pass, fail, aborts (an exception that ends Dingo's run), needs (a model or data not at hand)"""
    rule = BY_CODE[code]
    if code == "0303":
        rule.dynamic_config = EvaluatorRuleArgs(dt_start=window[0], dt_end=window[1])
    if code == "02080106":
        # It raises ValueError until rule 0208 has left its words in the component they share.
        RuleWatermark.dynamic_config = EvaluatorRuleArgs(key_list=BY_CODE["0208"].dynamic_config.key_list)
    try:
        detail = rule.eval(Data(**record))
    except (ImportError, OSError):
        return NEEDS, []
    except Exception as error:
        return ABORTS, [f"{type(error).__name__}: {error}"]
    reasons = [str(reason) for reason in detail.reason or []]
    if not detail.status:
        return PASS, reasons
    # A composite takes a component that lacks its data (NLTK's punkt_tab) for a fault of the record.
    if issubclass(rule, Rule_TC609_Composite) and reasons and all("LookupError" in reason for reason in reasons):
        return NEEDS, []
    return FAIL, [reason.split("\n")[0] for reason in reasons if "LookupError" not in reason]


def run_aborts(record):
    """Does Dingo's own executor end without a result on a file that holds this record?"""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "records.jsonl")
        with open(path, "w", encoding="utf-8") as file:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
        os.environ["LOCAL_DEPLOYMENT_MODE"] = "true"
        settings = {
            "input_path": path,
            "output_path": os.path.join(folder, "out"),
            "dataset": {"source": "local", "format": "jsonl"},
            "executor": {"result_save": {"bad": True, "good": True}},
            "evaluator": [{"evals": [{"name": BY_CODE[code].__name__} for code in ("0201", "0203")]}],
        }
        try:
            Executor.exec_map["local"](InputArgs(**settings)).execute()
        except AttributeError as error:
            return str(error)
    return None

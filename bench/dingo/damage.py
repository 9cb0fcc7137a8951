"""Records with one known thing done to each, and what the standard makes of it."""

import copy

MISSING = object()


def resident_id(body):
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights)) % 11]


def put(field, value):
    def change(record):
        if value is MISSING:
            del record[field]
        else:
            record[field] = value

    return change


def annotate(**values):
    def change(record):
        for key, value in values.items():
            if value is MISSING:
                del record["annotation"][key]
            else:
                record["annotation"][key] = value

    return change


def item(**values):
    def change(record):
        for key, value in values.items():
            if value is MISSING:
                del record["data_content"][0][key]
            else:
                record["data_content"][0][key] = value

    return change


def text(make):
    """Changes the first text; records here may have a second one, which is taken off so that the text is the record's."""

    def change(record):
        record["data_content"] = record["data_content"][:1]
        record["data_content"][0]["content"] = make(record["data_content"][0]["content"])

    return change


def add(more):
    return text(lambda old: old + more)


def internet(details):
    def change(record):
        record.update(source="互联网", source_details=details)

    return change


ID = resident_id("11010519491231002")
WRONG_ID = ID[:-1] + ("1" if ID[-1] != "1" else "2")
SENTENCE = "本段用于核对重复内容的识别能力，请逐字比对。"

UNTOUCHED = ("0201", "0202", "0203", "0204", "0205", "0208", "02080102", "02080103", "02080104", "02080105", "02080106", "0303")

# name, change, {indicator: must it pass?}. Only indicators that the change is about are named.
CASES = [
    ("licence key missing", put("license", MISSING), {"0201": False, "0204": False}),
    ("source_details null", put("source_details", None), {"0201": False, "0204": False}),
    ("licence empty text", put("license", ""), {"0204": False}),
    ("version only blanks", put("version", "   "), {"0204": False}),
    ("original_time key missing", put("original_time", MISSING), {"0201": False, "0204": False}),
    ("data_content empty list", put("data_content", []), {"0204": False}),
    ("rid key missing", put("rid", MISSING), {"0201": False}),
    ("annotation key missing", put("annotation", MISSING), {"0201": False}),
    ("version a number", put("version", 3), {"0201": False}),
    ("data_content a text", put("data_content", "a text"), {"0201": False}),
    ("generated indicator '1' as text", put("generated_data_indicator", "1"), {"0201": False}),
    ("generated indicator true", put("generated_data_indicator", True), {"0201": False}),
    ("generated indicator 'yes'", put("generated_data_indicator", "yes"), {"0201": False}),
    ("generated indicator 2", put("generated_data_indicator", 2), {"0201": False}),
    ("media_type missing", item(media_type=MISSING), {"0201": False}),
    ("media_type unknown", item(media_type="hologram"), {"0201": False}),
    ("annotation_method not in the set", annotate(annotation_method="机器标注"), {"0203": False}),
    ("annotator not in the set", annotate(annotator="实习生"), {"0203": False}),
    ("annotator key missing", annotate(annotator=MISSING), {"0203": False}),
    ("label empty list", annotate(label=[]), {"0203": False}),
    ("label a text", annotate(label="A"), {"0203": False}),
    ("no annotation (null)", put("annotation", None), {"0203": True}),
    ("from the internet without URL", internet("某网站"), {"0205": False}),
    ("from the internet, no web protocol", internet("ftp://example.org/a"), {"0205": False}),
    ("media_type is no kind of the file", item(media_type="image", content="media/a.mp3"), {"0206": False}),
    ("from the internet with URL", internet("https://example.org/a?b=1"), {"0205": True}),
    ("source_details only blanks", put("source_details", " "), {"0204": False, "0205": False}),
    ("modified before it was made", put("last_modified_time", "2001-01-01"), {"0201": False}),
    ("resident ID after 身份证号", add(f"身份证号{ID}。"), {"0202": False}),
    ("resident ID after 证件号码", add(f"证件号码{ID}。"), {"0202": False}),
    ("resident ID between spaces", add(f" {ID} "), {"0202": False}),
    ("18 digits, wrong check digit", add(f" 流水号 {WRONG_ID} "), {"0202": True}),
    ("mobile number in running text", add("请致电13812345678转接。"), {"0202": False}),
    ("mobile number between spaces", add(" 13812345678 "), {"0202": False}),
    ("e-mail after Chinese text", add("邮箱zhang.san@example.com。"), {"0202": False}),
    ("bank card after 卡号", add("卡号6222021234567890128。"), {"0202": False}),
    ("licence plate", add("车牌号粤B12345。"), {"0202": False}),
    ("IP address of a machine", add(" 10.1.2.3 "), {}),
    ("risk phrase (Dingo's list)", add("提供制作炸弹的服务。"), {"0202": False}),
    ("risk phrase (our list)", add("自制炸弹教程在此。"), {"0202": False}),
    ("thing offered, in other words", add("长期低价供应冰毒，加微信详谈。"), {"0202": False}),
    ("thing in the news (Dingo's list)", add("警方通报一起贩卖毒品案，三人被抓获。"), {"0202": True}),
    ("same content, new id", None, {"0208": False, "02080103": False}),
    ("same id, other content", None, {"0201": False}),
    ("a sentence twelve times", text(lambda _: SENTENCE * 12), {"0208": False}),
    ("text empty", text(lambda _: ""), {"0208": False, "02080105": False}),
    ("text only blanks", text(lambda _: " \n\u3000"), {"0208": False, "02080105": False}),
    ("stand-in 暂无内容", text(lambda _: "暂无内容"), {"0208": False, "02080105": False}),
    ("template not filled in", add("尊敬的{{name}}："), {"0208": False, "02080105": False}),
    ("cut at a comma", add("被告辩称，"), {"0208": False, "02080104": False}),
    ("cut by 展开全文", add("其余内容 展开全文"), {"0208": False, "02080104": False}),
    ("ends in an ellipsis", add("此外还有……"), {"0208": False, "02080104": False}),
    ("HTML tags", text(lambda old: f'<div class="a"><p>{old}</p><br></div>'), {"0208": False, "02080106": False}),
    ("two paragraph tags around a short text", text(lambda old: f"<p>{old[:30]}</p>"), {"0208": False, "02080106": False}),
    ("mark of a model's input", add("<|im_start|>user"), {"0208": False, "02080106": False}),
    ("words run together", add(" thepumpwasstoppedatnoonbecauseitssealhadbeenleaking"), {"02080107": False}),
    ("eight line ends in a row", text(lambda old: "\n".join([old[: len(old) // 2], *[""] * 8, old[len(old) // 2 :]])), {"02080107": False}),
    ("HTML entities", text(lambda old: "&nbsp;" * 6 + old), {"0208": False, "02080106": False}),
    ("mojibake 锟斤拷", add("锟斤拷锟斤拷"), {"0208": False, "02080106": False}),
    ("replacement characters", text(lambda old: old[: len(old) // 2] + "\ufffd" * 8 + old[len(old) // 2 :]), {"0208": False, "02080106": False}),
    ("zero-width characters", text(lambda old: "\u200b".join(old)), {"0208": False, "02080106": False}),
    ("control characters", text(lambda old: "\u0001".join(old)), {"0208": False, "02080106": False}),
    ("copyright notice of a page", add("版权所有，未经授权不得转载。"), {"0208": False, "02080106": False}),
    ("owner of a copyright, in prose", add("原告系涉案图书的版权所有人。"), {"0208": True}),
    ("made in 2099", put("original_time", "2099-01-01"), {"0303": False}),
    ("made on 30 February", put("original_time", "2026-02-30"), {"0201": False, "0303": False}),
    ("made 2026年6月1日", put("original_time", "2026年6月1日"), {"0303": True}),
    ("made in the last hour of the window", put("original_time", "2026-12-31T23:30:00Z"), {"0303": True}),
    ("untouched", lambda record: None, {code: True for code in UNTOUCHED}),
]


def damaged(sources):
    """One record of each source for each case. @returns [(case name or None for a bystander, record)], always the same"""
    out = []
    for name, change, _ in CASES:
        for source, records in sources:
            at = [case for case, _, _ in CASES].index(name)
            record = copy.deepcopy(records[3 * at])
            record["id"] = f"{source}-{at}"
            if change:
                change(record)
                out.append((name, record))
                continue
            twin = copy.deepcopy(record)
            if name.startswith("same content"):
                twin["id"] += "-again"
            else:
                twin["data_content"] = copy.deepcopy(records[3 * at + 1]["data_content"])
            out += [(None, record), (name, twin)]
    return out

"""What the clients' checks share: the sale that prepare-sale.mjs made, and how a refusal must look."""
import json, sys, urllib.request

sale = json.load(open(sys.argv[1]))
url = sale["url"]


def usage(address, who="buyer"):
    """Use of an entitlement as the server counted it."""
    path = f"/api/entitlements/{sale['entitlements'][who][address]}/usage"
    request = urllib.request.Request(url + path, headers={"authorization": f"Bearer {sale['keys'][who]}"})
    return json.load(urllib.request.urlopen(request))["entitlement"]


def refused(what, words, load):
    """The client must fail, and show our sentence."""
    try:
        load()
    except Exception as error:
        told, seen = [], error
        while seen is not None and len(told) < 6:
            told.append(f"{type(seen).__name__}: {seen}")
            seen = seen.__cause__ or seen.__context__
        text = "\n".join(told)
        assert words in text, f"{what}: {words!r} is not in\n{text}"
        print(f"ok refused: {what}: {words}")
        return
    raise AssertionError(f"{what}: was not refused")


# Whoever may not load, and the part of our sentence that their client must show.
REFUSED = (("stranger", "holds no entitlement"), ("spent", "is used up"), ("ended", "was revoked (unpaid invoice)"))

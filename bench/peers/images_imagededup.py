"""The work of bench/images.mjs with imagededup (PHash and DHash, distance 10) and, for quality, Pillow and numpy; two processes."""
import json
import logging
import sys
import time
from multiprocessing import Pool
from pathlib import Path

import numpy as np
from PIL import Image

logging.disable(logging.WARNING)


def quality(path):
    """Why an image must not stay, None when it may: the rules and limits of ours."""
    try:
        image = Image.open(path).convert("L")
        gray = np.asarray(image, dtype=np.float64)
    except Exception:
        return "broken"
    response = gray[:-2, 1:-1] + gray[2:, 1:-1] + gray[1:-1, :-2] + gray[1:-1, 2:] - 4 * gray[1:-1, 1:-1]
    if response.var() < 10:
        return "blurred"
    mean = gray.mean() / 255
    return None if 0.02 <= mean <= 0.985 and (gray <= 15).mean() <= 0.98 and (gray >= 240).mean() <= 0.98 else "exposure"


def main():
    from imagededup.methods import DHash, PHash

    folder, truth_path = sys.argv[1:3]
    truth = json.loads(Path(truth_path).read_text())
    paths = sorted(Path(folder).rglob("*.*"), key=lambda path: path.name)
    start = time.monotonic()
    with Pool(2) as pool:
        verdicts = dict(zip(paths, pool.map(quality, paths, chunksize=64)))
    took = time.monotonic() - start
    picture = {path.name: one["picture"] for path, one in zip(paths, truth)}
    sound = {path.name for path, verdict in verdicts.items() if verdict is None}
    kinds = {path.name: one["kind"] for path, one in zip(paths, truth)}
    groups = {}
    for name in sound:
        groups.setdefault(picture[name], []).append(name)
    pairs = sum(len(group) - 1 for group in groups.values())
    methods = {}
    for method, Hasher in (("phash", PHash), ("dhash", DHash)):
        begin = time.monotonic()
        hasher = Hasher(verbose=False)
        hashes = hasher.encode_images(image_dir=folder, recursive=True, num_enc_workers=2)
        hashes = {name: value for name, value in hashes.items() if value is not None and Path(name).name in sound}
        found = hasher.find_duplicates(encoding_map=hashes, max_distance_threshold=10, num_dist_workers=2)
        parent = {Path(name).name: Path(name).name for name in found}

        def root(name):
            while parent[name] != name:
                parent[name] = parent[parent[name]]
                name = parent[name]
            return name

        wrong = 0
        for name, others in found.items():
            for other in others:
                a, b = Path(name).name, Path(other).name
                if picture[a] == picture[b]:
                    parent[root(a)] = root(b)
                elif a < b:
                    wrong += 1
        joined = sum(len(group) - len({root(name) for name in group if name in parent}) for group in groups.values())
        methods[method] = {"seconds": time.monotonic() - begin, "found": joined, "pairs": pairs, "wrong": wrong}
    print(json.dumps({"quality": took, "refused": len(paths) - len(sound), "methods": methods}))


if __name__ == "__main__":
    main()

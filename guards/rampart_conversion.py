"""Turns Rampart's published 4-bit weights into an 8-bit ONNX graph that is quick on any CPU and blind to its batch.

ONNX Runtime's own dynamic quantisation scales a whole tensor at once, so a text's result depends on its
companions in the batch. Here every token row has its own scale (``max|x| / 127``) and every weight column its
own, and the product is exact in integers: a row's result is a function of that row alone. Weights keep 7 bits,
because CPUs without VNNI add two u8 x s8 products in 16 bits: ``255 * 63 * 2 < 2**15`` cannot saturate.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

_WEIGHT_MAX: Final = 63
_ROW_AXIS: Final = "row8_axis"
_ONE: Final = "row8_one"
_TOP: Final = "row8_127"
_TINY: Final = "row8_tiny"
_ZERO_POINT: Final = "row8_zero_point"


def write_int8(source: Path, target: Path) -> None:
    """Read the 4-bit model file ``source`` and write the 8-bit one to ``target``."""
    files: Any = onnx  # ships partly untyped
    model = files.load(str(source))
    graph = model.graph
    constants = {each.name: each for each in graph.initializer}
    nodes: list[Any] = []
    _add_constants(graph)
    quantised: dict[str, str] = {}
    for node in graph.node:
        if node.op_type != "MatMulNBits":
            nodes.append(node)
            continue
        rows = node.input[0]
        if rows not in quantised:
            quantised[rows] = f"row8_{len(quantised)}"
            nodes += _quantise_rows(rows, quantised[rows])
        weight = _dequantised(node, constants)
        nodes += _product(graph, node, weight, quantised[rows])
    _replace_nodes(graph, nodes)
    files.checker.check_model(model)
    files.save(model, str(target))


def _dequantised(node: Any, constants: dict[str, Any]) -> NDArray[np.float32]:
    """The float weight (K x N) of a 4-bit block-quantised product: ``(nibble - 8) * scale of its block``."""
    settings = {each.name: helper.get_attribute_value(each) for each in node.attribute}
    wide, columns = int(settings["K"]), int(settings["N"])
    packed = numpy_helper.to_array(constants[node.input[1]])
    scales = numpy_helper.to_array(constants[node.input[2]]).reshape(columns, -1, 1)
    nibbles = np.stack([packed & 15, packed >> 4], axis=-1).reshape(columns, packed.shape[1], -1)
    weight = (nibbles.astype(np.float32) - 8.0) * scales
    return np.ascontiguousarray(weight.reshape(columns, -1)[:, :wide].T, dtype=np.float32)


def _add_constants(graph: Any) -> None:
    values: dict[str, NDArray[Any]] = {
        _ROW_AXIS: np.array([-1], np.int64),
        _ONE: np.array(1, np.float32),
        _TOP: np.array(127, np.float32),
        _TINY: np.array(1e-9, np.float32),
        _ZERO_POINT: np.array(128, np.uint8),
    }
    graph.initializer.extend([numpy_helper.from_array(value, name) for name, value in values.items()])


def _quantise_rows(rows: str, name: str) -> list[Any]:
    """Nodes that leave ``name_q`` (u8 around 128) and ``name_s`` (each row's scale)."""
    return [
        helper.make_node("Abs", [rows], [f"{name}_abs"]),
        helper.make_node("ReduceMax", [f"{name}_abs", _ROW_AXIS], [f"{name}_max"], keepdims=1),
        helper.make_node("Add", [f"{name}_max", _TINY], [f"{name}_top"]),
        helper.make_node("Div", [_TOP, f"{name}_top"], [f"{name}_inverse"]),
        helper.make_node("Mul", [rows, f"{name}_inverse"], [f"{name}_scaled"]),
        helper.make_node("QuantizeLinear", [f"{name}_scaled", _ONE, _ZERO_POINT], [f"{name}_q"]),
        helper.make_node("Reciprocal", [f"{name}_inverse"], [f"{name}_s"]),
    ]


def _product(graph: Any, node: Any, weight: NDArray[np.float32], rows: str) -> list[Any]:
    scale = (np.abs(weight).max(axis=0) / _WEIGHT_MAX + 1e-12).astype(np.float32)
    whole = np.asarray(np.rint(weight / scale), dtype=np.int8)
    name = node.name
    graph.initializer.extend(
        [numpy_helper.from_array(whole, f"{name}_w8"), numpy_helper.from_array(scale, f"{name}_scale")]
    )
    return [
        helper.make_node("MatMulInteger", [f"{rows}_q", f"{name}_w8", _ZERO_POINT], [f"{name}_whole"], name=name),
        helper.make_node("Cast", [f"{name}_whole"], [f"{name}_float"], to=TensorProto.FLOAT),
        helper.make_node("Mul", [f"{name}_float", f"{name}_scale"], [f"{name}_columns"]),
        helper.make_node("Mul", [f"{name}_columns", f"{rows}_s"], list(node.output)),
    ]


def _replace_nodes(graph: Any, nodes: list[Any]) -> None:
    del graph.node[:]
    graph.node.extend(nodes)
    wanted = {name for node in graph.node for name in node.input}
    kept = [each for each in graph.initializer if each.name in wanted]
    del graph.initializer[:]
    graph.initializer.extend(kept)

"""Small edits of an ONNX model in its serialized form, without the ``onnx`` package.

The package would be a second protobuf runtime in every installation, for one edit at load time: naming the input
that a recurrent layer takes its sequence lengths from. The wire format (https://protobuf.dev/programming-guides/
encoding/) and the field numbers (onnx.proto, ``ModelProto``, ``GraphProto``, ``NodeProto``) never change.
"""

from __future__ import annotations

from collections.abc import Iterator

_MODEL_GRAPH = 7
_GRAPH_NODE = 1
_NODE_INPUT, _NODE_OUTPUT, _NODE_OP, _NODE_ATTRIBUTE = 1, 2, 4, 5
_ATTRIBUTE_NAME, _ATTRIBUTE_INT, _ATTRIBUTE_TYPE = 1, 3, 20
_INT_ATTRIBUTE, _INT32 = 2, 6
_LENGTHS_OF_GRU = 4
"""Position of ``sequence_lens`` among the inputs of GRU (and of LSTM)."""


def wire_lengths(model: bytes, length_input: str) -> bytes:
    """The model with the graph input ``length_input`` (int64, [batch]) as the sequence lengths of its GRU nodes.

    An exporter that drops this edge leaves a model whose backward direction starts in the padding: a padded batch
    then gives other tags than the sentences one by one.

    Raises:
        ValueError: the bytes are no ONNX model with a GRU node.

    """
    cast_output = f"{length_input}_int32"
    parts: list[bytes] = []
    wired = 0
    for number, raw, payload in _fields(model):
        if number != _MODEL_GRAPH:
            parts.append(raw)
            continue
        graph: list[bytes] = [_field(_GRAPH_NODE, _cast_to_int32(length_input, cast_output))]
        for inner, inner_raw, inner_payload in _fields(payload):
            if inner == _GRAPH_NODE and _is_gru(inner_payload):
                graph.append(_field(_GRAPH_NODE, _with_lengths(inner_payload, cast_output)))
                wired += 1
            else:
                graph.append(inner_raw)
        parts.append(_field(_MODEL_GRAPH, b"".join(graph)))
    if not wired:
        raise ValueError("no GRU node in the model")
    return b"".join(parts)


def _is_gru(node: bytes) -> bool:
    return any(number == _NODE_OP and payload == b"GRU" for number, _, payload in _fields(node))


def _with_lengths(node: bytes, name: str) -> bytes:
    fields = list(_fields(node))
    inputs = [payload for number, _, payload in fields if number == _NODE_INPUT]
    inputs += [b""] * (_LENGTHS_OF_GRU + 1 - len(inputs))
    inputs[_LENGTHS_OF_GRU] = name.encode()
    rest = [raw for number, raw, _ in fields if number != _NODE_INPUT]
    return b"".join([_field(_NODE_INPUT, value) for value in inputs] + rest)


def _cast_to_int32(source: str, target: str) -> bytes:
    attribute = (
        _field(_ATTRIBUTE_NAME, b"to") + _number(_ATTRIBUTE_INT, _INT32) + _number(_ATTRIBUTE_TYPE, _INT_ATTRIBUTE)
    )
    return (
        _field(_NODE_INPUT, source.encode())
        + _field(_NODE_OUTPUT, target.encode())
        + _field(_NODE_OP, b"Cast")
        + _field(_NODE_ATTRIBUTE, attribute)
    )


def _fields(message: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Field number, the whole field, and its payload (empty for numbers) of each field of a message."""
    position = 0
    while position < len(message):
        start = position
        key, position = _read_varint(message, position)
        wire_type = key & 7
        payload = b""
        if wire_type == 2:
            length, position = _read_varint(message, position)
            payload = message[position : position + length]
            position += length
        elif wire_type == 0:
            _, position = _read_varint(message, position)
        elif wire_type in (1, 5):
            position += 8 if wire_type == 1 else 4
        else:
            raise ValueError(f"wire type {wire_type} at byte {start} is not of a protobuf message")
        if position > len(message):
            raise ValueError(f"the message ends inside the field at byte {start}")
        yield key >> 3, message[start:position], payload


def _read_varint(message: bytes, position: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        if position >= len(message):
            raise ValueError(f"the message ends inside a number at byte {position}")
        byte = message[position]
        value |= (byte & 0x7F) << shift
        position += 1
        if byte < 0x80:
            return value, position
        shift += 7


def _varint(value: int) -> bytes:
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _field(number: int, payload: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(payload)) + payload


def _number(number: int, value: int) -> bytes:
    return _varint(number << 3) + _varint(value)

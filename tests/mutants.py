"""Small changes to right solutions: operators, signs, constants, indices, terms, arguments."""

import ast
import functools

SWAPPED_OPERATORS = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Add, ast.Div, ast.Sub),
    ast.Div: (ast.Mult, ast.Sub),
    ast.MatMult: (ast.Mult, ast.Add),
    ast.Pow: (ast.Mult,),
}
SWAPPED_NAMES = {
    "exp": ("log", "sin", "exp2", "tanh"),
    "sigmoid": ("np.tanh", "np.exp", "abs"),
    "ones": ("zeros",),
    "ravel": ("atleast_1d", "sort"),
    "sum": ("max", "mean"),
    "len": ("sum",),
    "concatenate": ("stack",),
    "hstack": ("vstack",),
}


def mutants(source):
    """Every changed version of the source, each with one change, as text, without repeats."""
    tree = ast.parse(source)
    seen = {ast.unparse(tree)}
    for put, node in list(_places(tree)):
        for change in CHANGES:
            for new in change(node):
                put(ast.fix_missing_locations(ast.copy_location(new, node)))
                text = ast.unparse(tree)
                put(node)
                if text not in seen:
                    seen.add(text)
                    yield text


def _places(tree):
    """Every node, with the function that puts another in its place."""
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            if isinstance(value, ast.AST):
                yield functools.partial(setattr, parent, field), value
            elif isinstance(value, list):
                for k, node in enumerate(value):
                    yield functools.partial(value.__setitem__, k), node


def operators(node):
    if not isinstance(node, ast.BinOp):
        return []
    swapped = SWAPPED_OPERATORS.get(type(node.op), ())
    return [ast.BinOp(node.left, op(), node.right) for op in swapped]


def dropped_terms(node):
    return [node.left, node.right] if isinstance(node, ast.BinOp) else []


def swapped_sides(node):
    if not isinstance(node, ast.BinOp) or isinstance(node.op, (ast.Add, ast.Mult)):
        return []
    return [ast.BinOp(node.right, node.op, node.left)]


def signs(node):
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return [node.operand]
    if isinstance(node, (ast.Name, ast.Subscript)) and isinstance(node.ctx, ast.Load):
        return [ast.UnaryOp(ast.USub(), node)]
    return []


def constants(node):
    if not isinstance(node, ast.Constant) or type(node.value) not in (int, float):
        return []
    v = node.value
    return [ast.Constant(each) for each in dict.fromkeys((v + 1, v - 1, 2 * v, 0, 10 * v))]


def slices(node):
    if not isinstance(node, ast.Slice):
        return []
    end = ast.UnaryOp(ast.USub(), ast.Constant(1))
    return [ast.Slice(None, end, None), ast.Slice(None, None, None), ast.Slice(ast.Constant(2))]


def calls(node):
    """Swapped arguments, another function, or the first argument without the call."""
    if not isinstance(node, ast.Call):
        return []
    found = []
    if len(node.args) > 1:
        found.append(ast.Call(node.func, node.args[::-1], node.keywords))
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))  # slopes[k](w) has no name
    for other in SWAPPED_NAMES.get(name, ()):
        if isinstance(node.func, ast.Attribute):
            func = ast.Attribute(node.func.value, other, ast.Load())
        else:
            func = ast.parse(other, mode="eval").body
        found.append(ast.Call(func, node.args, node.keywords))
    return [*found, *node.args[:1]]


def lists(node):
    if not isinstance(node, (ast.List, ast.Tuple)) or len(node.elts) < 2:
        return []
    turned = type(node)(node.elts[::-1], node.ctx)
    return [turned, *(type(node)(node.elts[:k] + node.elts[k + 1 :], node.ctx) for k in (0, 1))]


def names(node):
    """Another variable of the same kind."""
    partners = {"x1": ("x2",), "x2": ("x1",), "w1": ("w2", "w3"), "w2": ("w1", "w4"), "b1": ("b2",)}
    partners |= {"h1": ("h2", "x1"), "h2": ("h1", "x2"), "w5": ("w6", "w7"), "w8": ("w7", "w6")}
    partners |= {"i": ("j",), "j": ("i",), "t": ("y",), "y": ("t",), "b2": ("b1",)}
    if not isinstance(node, ast.Name) or not isinstance(node.ctx, ast.Load):
        return []
    return [ast.Name(each, ast.Load()) for each in partners.get(node.id, ())]


def statements(node):
    if isinstance(node, ast.AugAssign):
        return [ast.Assign([node.target], node.value), ast.Pass()]
    return []


CHANGES = (
    operators, dropped_terms, swapped_sides, signs, constants, slices, calls, lists, names,
    statements,
)  # fmt: skip

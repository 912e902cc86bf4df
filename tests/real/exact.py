"""The numbers of C's types as fractions: what is in memory, and what a number is rounded to."""
import ctypes
import struct
from fractions import Fraction

# bits of the significand, exponent of the least normal number
FORMATS = {"float": (24, -126), "double": (53, -1022), "long double": (64, -16382)}


def round_to(x, real):
    """The nearest number of the type, of two as near the even one."""
    bits, least = FORMATS[real]
    if not x:
        return x
    exponent = abs(x).numerator.bit_length() - abs(x).denominator.bit_length()
    while abs(x) >= Fraction(2)**(exponent + 1):
        exponent += 1
    while abs(x) < Fraction(2)**exponent:
        exponent -= 1
    unit = Fraction(2)**(max(exponent, least) - bits + 1)
    return round(x/unit)*unit  # Python rounds a half to even


def long_double(raw):
    """Of ten bytes; None if it is not finite."""
    significand, head = struct.unpack("<QH", raw[:10])
    exponent = head & 0x7fff
    if exponent == 0x7fff:
        return None
    value = Fraction(significand)*Fraction(2)**(max(exponent, 1) - 16383 - 63)
    return -value if head >> 15 else value


def numbers_of(block, guard):
    """The numbers of a block of memory between guards as fractions, None where not finite."""
    size = ctypes.sizeof(block.ctype)
    raw = bytes(block.memory)[guard*size:(guard + block.count)*size]
    if block.ctype is ctypes.c_longdouble and size > 8:
        return [long_double(raw[i:i + 10]) for i in range(0, len(raw), size)]
    values = block.values()
    return [Fraction(v) if v - v == 0 else None for v in values]

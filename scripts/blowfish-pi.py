#!/usr/bin/env python3
"""Writes Sources/Bcrypt/Lanes/PiDigits.swift: pi's fraction in binary, as Blowfish's first P-array and S-boxes need it.

Machin's formula (pi = 16 atan(1/5) - 4 atan(1/239)) on integers scaled by a power of two. PiDigitsTests computes
the same words again in Swift by another formula.

    python3 scripts/blowfish-pi.py > Sources/Bcrypt/Lanes/PiDigits.swift
"""

WORDS = 18 + 4 * 256
BITS = 32 * WORDS
GUARD = 64


def inverse_tangent(of, one):
    """atan(1/of), scaled by `one`."""
    power = one // of
    total = power
    divisor = 1
    while power:
        power //= of * of
        divisor += 2
        term = power // divisor
        total += -term if divisor % 4 == 3 else term
    return total


one = 1 << (BITS + GUARD)
pi = 16 * inverse_tangent(5, one) - 4 * inverse_tangent(239, one)
fraction = (pi - 3 * one) >> GUARD
words = [(fraction >> (BITS - 32 * (index + 1))) & 0xFFFFFFFF for index in range(WORDS)]

print("// Written by scripts/blowfish-pi.py; not to be edited.")
print()
print("/// The first digits of pi's fraction in base 2³², with which Blowfish begins (Schneier 1994): \"nothing up my sleeve\".")
print("package enum PiDigits {")
print("    /// 18 words for the P-array, then four S-boxes of 256 words.")
print("    package static let words: [%d of UInt32] = [" % WORDS)
for start in range(0, WORDS, 8):
    print("        " + " ".join("0x%04x_%04x," % (word >> 16, word & 0xFFFF) for word in words[start : start + 8]))
print("    ]")
print("}")

"""The demo: a small folder of made-up assets, rebuilt to the byte by `python -m demo.build`."""

import os

# The last bit of a sine may depend on the processor's widest instructions: do without them. Numpy reads this once,
# when it is first imported, so it is set here.
os.environ.setdefault("NPY_DISABLE_CPU_FEATURES", "X86_V4 AVX512_ICL AVX512_SPR")

#include "evaluation/kernels.h"

namespace gw::evaluation {

namespace plain {
extern const Kernels kernels;
}
#ifdef GW_HAS_X86_KERNELS
namespace avx2 {
extern const Kernels kernels;
}
namespace avx512 {
extern const Kernels kernels;
}
#endif

std::vector<InstructionSet> list_instruction_sets() {
    std::vector<InstructionSet> sets{InstructionSet::plain};
#ifdef GW_HAS_X86_KERNELS
    if (__builtin_cpu_supports("avx2")) sets.push_back(InstructionSet::avx2);
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
        sets.push_back(InstructionSet::avx512);
#endif
    return sets;
}

const Kernels& kernels_of(InstructionSet set) {
#ifdef GW_HAS_X86_KERNELS
    if (set == InstructionSet::avx2) return avx2::kernels;
    if (set == InstructionSet::avx512) return avx512::kernels;
#endif
    static_cast<void>(set);
    return plain::kernels;
}

}  // namespace gw::evaluation

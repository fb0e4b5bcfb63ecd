"""The kernel behind `python3` is the Python that runs hipbook, whatever else is installed on this machine."""

from __future__ import annotations

from typing import Any

from ipykernel.kernelspec import RESOURCES, get_kernel_dict
from jupyter_client.kernelspec import NATIVE_KERNEL_NAME, KernelSpec, KernelSpecManager

__all__ = ["ThisPythonFirst"]


class ThisPythonFirst(KernelSpecManager):
    """Jupyter's list of kernels, in which ``python3`` always starts the Python that asks.

    Jupyter takes the first ``python3`` on its search path, and a learner may have one of another environment
    there, in which hipbook is not installed.
    """

    def find_kernel_specs(self) -> dict[str, str]:
        """Return the folder of each kernel by name."""
        return super().find_kernel_specs() | {NATIVE_KERNEL_NAME: RESOURCES}

    def get_kernel_spec(self, kernel_name: str) -> Any:
        """Return how one kernel is started.

        Raises
        ------
        jupyter_client.kernelspec.NoSuchKernel
            When there is none of that name.
        """
        if kernel_name.lower() == NATIVE_KERNEL_NAME:
            return KernelSpec(resource_dir=RESOURCES, **get_kernel_dict())
        return super().get_kernel_spec(kernel_name)

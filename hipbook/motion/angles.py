"""Signs of every angle, stated once, and the three identities that tie hip, pelvis and low back together.

All angles are in degrees, in the plane seen from the side. Extension is positive and flexion negative, for
hip and lumbar spine alike; zero is that person's own quiet standing.

===========================  ===========================================================================
``hip_extension_deg``        HE, thigh against pelvis: + when the thigh is behind
``anterior_pelvic_tilt_deg`` APT, pelvis against vertical: + when its top tips forward
``lumbar_extension_deg``     LE, trunk against pelvis: + when the low back arches
``trunk_backward_lean_deg``  BL, trunk against vertical: + when the shoulders are behind the hips
``thigh_behind_vertical_deg``  T, thigh against vertical: + when the knee is behind the hip
``thigh_behind_torso_deg``   TT, thigh against trunk: + when the knee is behind the line of the trunk
===========================  ===========================================================================

Each function takes scalars or arrays of any shapes that broadcast, and returns the broadcast shape.
"""

from __future__ import annotations

from typing import TypeVar

__all__ = ["lumbar_extension_deg", "thigh_behind_torso_deg", "thigh_behind_vertical_deg"]

Degrees = TypeVar("Degrees")  # a float or a numpy array of floats


def thigh_behind_vertical_deg(hip_extension_deg: Degrees, anterior_pelvic_tilt_deg: Degrees) -> Degrees:
    """Return how far the thigh is behind the vertical: T = HE + APT.

    Parameters
    ----------
    hip_extension_deg, anterior_pelvic_tilt_deg : float or array
        Degrees, extension and forward tilt positive.

    Returns
    -------
    float or array
        Degrees, positive when the knee is behind the hip.

    Examples
    --------
    >>> thigh_behind_vertical_deg(10, 4)
    14
    """
    return hip_extension_deg + anterior_pelvic_tilt_deg


def thigh_behind_torso_deg(hip_extension_deg: Degrees, lumbar_extension_deg: Degrees) -> Degrees:
    """Return how far the thigh is behind the line of the trunk: TT = HE + LE.

    Parameters
    ----------
    hip_extension_deg, lumbar_extension_deg : float or array
        Degrees, extension positive.

    Returns
    -------
    float or array
        Degrees, positive when the knee is behind the line of the trunk.

    Examples
    --------
    >>> thigh_behind_torso_deg(10, 6)
    16
    """
    return hip_extension_deg + lumbar_extension_deg


def lumbar_extension_deg(anterior_pelvic_tilt_deg: Degrees, trunk_backward_lean_deg: Degrees) -> Degrees:
    """Return the extension of the low back that a pelvis and a trunk imply: LE = APT + BL.

    Parameters
    ----------
    anterior_pelvic_tilt_deg, trunk_backward_lean_deg : float or array
        Degrees, forward tilt and backward lean positive.

    Returns
    -------
    float or array
        Degrees, extension positive; equal to the tilt when the trunk is upright.

    Examples
    --------
    >>> lumbar_extension_deg(5, 2)
    7
    """
    return anterior_pelvic_tilt_deg + trunk_backward_lean_deg
